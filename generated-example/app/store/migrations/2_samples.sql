-- A shop with something in it, so that there is something to see.
-- Ada signs in with the address ada@example.com and the password `correct horse`.

insert into books (id, isbn, title, authors, genre, price_cents, blurb, published_on, in_stock, labels, added_at)
values
    (x'b00c0000000040008000000000000001', '9780000000011', 'Pride and Prejudice', '["Jane Austen"]', 'fiction', 899, 'A truth universally acknowledged.', '1813-01-28', 1, '{"used":"a little"}', '2026-01-05T09:00:00Z'),
    (x'b00c0000000040008000000000000002', '9780000000028', 'The Hound of the Baskervilles', '["Arthur Conan Doyle"]', 'crime', 750, null, '1902-03-25', 1, null, '2026-01-07T09:00:00Z'),
    (x'b00c0000000040008000000000000003', '9780000000035', 'Les Fleurs du mal', '["Charles Baudelaire"]', 'poetry', 1250, null, '1857-06-25', 1, '{"signed":"by the translator"}', '2026-01-09T09:00:00Z'),
    (x'b00c0000000040008000000000000004', '9780000000042', 'On the Origin of Species', '["Charles Darwin"]', 'science', 1600, 'There is grandeur in this view of life.', '1859-11-24', 1, null, '2026-01-12T09:00:00Z'),
    (x'b00c0000000040008000000000000005', '9780000000059', 'A Journey to the Centre of the Earth', '["Jules Verne"]', 'travel', 1100, null, '1864-11-25', 1, null, '2026-01-14T09:00:00Z'),
    (x'b00c0000000040008000000000000006', '9780000000066', 'Alice''s Adventures in Wonderland', '["Lewis Carroll","John Tenniel"]', 'children', 1999, 'Down the rabbit hole.', '1865-11-26', 1, '{"signed":"by a rabbit","used":"read once"}', '2026-01-16T09:00:00Z'),
    (x'b00c0000000040008000000000000007', '9780000000073', 'Frankenstein', '["Mary Shelley"]', 'fiction', 950, null, '1818-01-01', 0, null, '2026-01-19T09:00:00Z'),
    (x'b00c0000000040008000000000000008', '9780000000080', 'Wuthering Heights', '["Emily Brontë"]', 'fiction', 850, null, '1847-12-01', 1, '{"used":"much loved"}', '2026-01-21T09:00:00Z');

insert into reviews (id, book_id, stars, author, text, created_at)
values
    (x'4e510000000040008000000000000001', x'b00c0000000040008000000000000001', 5, 'Mary', 'I laughed.', '2026-01-20T18:30:00Z'),
    (x'4e510000000040008000000000000002', x'b00c0000000040008000000000000001', 4, 'George', null, '2026-01-22T07:15:00Z'),
    (x'4e510000000040008000000000000003', x'b00c0000000040008000000000000004', 5, 'Thomas', 'How extremely stupid not to have thought of that.', '2026-01-23T12:00:00Z');

insert into categories (id, parent, name)
values
    (1, null, 'Literature'),
    (2, 1, 'Novels'),
    (3, 2, 'Crime'),
    (4, 1, 'Poetry'),
    (5, null, 'Knowledge'),
    (6, 5, 'Natural history'),
    (7, 5, 'Travel');

insert into customers (id, email, password)
values ('ada', 'ada@example.com', '$argon2id$v=19$m=19456,t=2,p=1$Q5sX+SxZRI1igx8Uz7HMcw$EIKivv7Jg2quosZszS3Xaflve829OZFO5xys7uIgI8U');

insert into vouchers (code, worth_cents)
values ('GIFT-2026', 2500);
