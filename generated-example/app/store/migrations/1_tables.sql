-- Moments are RFC 3339 texts in UTC; ids are the 16 bytes of a UUID.

create table books (
    number integer primary key autoincrement, -- Grows with each new book: the cursor of pages.
    id blob not null unique,
    version integer not null default 1, -- Grows with each change: the `ETag`.
    isbn text not null unique,
    title text not null,
    authors text not null, -- A JSON array.
    genre text not null,
    price_cents integer not null,
    blurb text,
    published_on text,
    in_stock integer not null,
    labels text, -- A JSON object.
    added_at text not null
) strict;

-- The words of the titles, without regard to case and accents.
create virtual table titles using fts5 (title, content = 'books', content_rowid = 'number');

create trigger books_insert after insert on books begin
    insert into titles (rowid, title) values (new.number, new.title);
end;

create trigger books_update after update of title on books begin
    insert into titles (titles, rowid, title) values ('delete', old.number, old.title);
    insert into titles (rowid, title) values (new.number, new.title);
end;

create trigger books_delete after delete on books begin
    insert into titles (titles, rowid, title) values ('delete', old.number, old.title);
end;

create table covers (
    book_id blob primary key references books (id) on delete cascade,
    image blob not null,
    alt text not null
) strict;

create table reviews (
    number integer primary key,
    id blob not null unique,
    book_id blob not null references books (id) on delete cascade,
    stars integer not null,
    author text not null,
    text text,
    created_at text not null
) strict;

create index reviews_of_a_book on reviews (book_id);

-- A review changes what its book shows, and so its version.
create trigger reviews_insert after insert on reviews begin
    update books set version = version + 1 where id = new.book_id;
end;

create view shelf as
select books.*, (select avg(stars) from reviews where book_id = books.id) as rating
from books;

create table categories (
    id integer primary key,
    parent integer references categories (id),
    name text not null
) strict;

create table customers (
    id text primary key,
    email text not null unique collate nocase,
    password text not null -- Argon2id, as a PHC string.
) strict;

create table sessions (
    token blob primary key, -- A digest: who reads the database can't sign in with it.
    customer text not null references customers (id) on delete cascade,
    expires_at text not null
) strict;

create table vouchers (
    code text primary key,
    worth_cents integer not null
) strict;

create table orders (
    id blob primary key,
    customer text not null, -- Not a reference: accounts may be kept elsewhere.
    total_cents integer not null,
    payment text not null, -- `card`, `invoice` or `voucher`.
    payment_reference text not null,
    due_on text,
    gift_note text,
    campaign text,
    placed_at text not null
) strict;

create unique index a_voucher_pays_once on orders (payment_reference) where payment = 'voucher';

create table order_items (
    order_id blob not null references orders (id),
    position integer not null,
    book_id blob not null, -- Not a reference: an order outlives its books.
    quantity integer not null,
    primary key (order_id, position)
) strict, without rowid;

-- The last one is an order's status.
create table order_events (
    number integer primary key autoincrement,
    order_id blob not null references orders (id),
    status text not null,
    at text not null
) strict;

create index events_of_an_order on order_events (order_id, number);
