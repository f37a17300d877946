//! Orders, how they are paid, and where they are on their way.

use contract::jiff::civil::Date;
use contract::jiff::{Timestamp, ToSpan};
use contract::uuid::Uuid;
use contract::v1::schemas::{NewOrder, Order, OrderEvent, OrderItem, OrderStatus, Payment};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::columns::Name;

/// Why an order can't be taken.
#[derive(Debug, PartialEq)]
pub struct Refused(pub &'static str);

/// A change of an order's status, and its place among all changes.
pub struct Change {
    pub number: i64,
    pub event: OrderEvent,
}

/// The dearest order that the contract allows.
const MAX_TOTAL_CENTS: i64 = 100_000_000;

/// Takes an order, if all its books are there and it can be paid.
pub fn place(
    db: &Connection,
    customer: &str,
    new: NewOrder,
    campaign: Option<String>,
) -> rusqlite::Result<Result<Order, Refused>> {
    let now = Timestamp::now();
    let total_cents = match total(db, &new.items)? {
        Some(total) if total <= MAX_TOTAL_CENTS => total,
        Some(_) => return Ok(Err(Refused("the order is too large"))),
        None => return Ok(Err(Refused("not all of the books are in stock"))),
    };
    if let Payment::Voucher(voucher) = &new.payment
        && !is_good_for(db, &voucher.code, total_cents)?
    {
        return Ok(Err(Refused("the voucher does not pay for this")));
    }

    let order = Order {
        id: Uuid::new_v4(),
        status: OrderStatus::Placed,
        items: new.items,
        total_cents,
        placed_at: contract::utc(now),
    };
    let (payment, reference, due_on) = terms(new.payment, now);
    db.prepare_cached(
        "insert into orders (id, customer, total_cents, payment, payment_reference, due_on,
                             gift_note, campaign, placed_at)
         values (:id, :customer, :total_cents, :payment, :payment_reference, :due_on,
                 :gift_note, :campaign, :placed_at)",
    )?
    .execute(named_params! {
        ":id": order.id,
        ":customer": customer,
        ":total_cents": order.total_cents,
        ":payment": payment,
        ":payment_reference": reference,
        ":due_on": due_on,
        ":gift_note": new.gift_note,
        ":campaign": campaign,
        ":placed_at": now,
    })?;
    insert_items(db, &order)?;
    insert_event(db, order.id, order.status, now)?;
    Ok(Ok(order))
}

/// How an order is paid, by what, and until when.
fn terms(payment: Payment, now: Timestamp) -> (&'static str, String, Option<Date>) {
    match payment {
        Payment::Card(card) => ("card", card.token, None),
        Payment::Invoice(invoice) => {
            let due_on = contract::utc(now).date() + invoice.due_days.as_i64().days();
            ("invoice", invoice.email, Some(due_on))
        }
        Payment::Voucher(voucher) => ("voucher", voucher.code, None),
    }
}

/// What the books cost, if all are in stock.
fn total(db: &Connection, items: &[OrderItem]) -> rusqlite::Result<Option<i64>> {
    let mut price =
        db.prepare_cached("select price_cents from books where id = ?1 and in_stock")?;
    let mut total = 0;
    for item in items {
        let price: Option<i64> = price
            .query_row([item.book_id], |row| row.get(0))
            .optional()?;
        let Some(price) = price else { return Ok(None) };
        total += price * item.quantity;
    }
    Ok(Some(total))
}

/// Whether a voucher is worth so much, and not spent.
fn is_good_for(db: &Connection, voucher: &str, cents: i64) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "select 1 from vouchers where code = ?1 and worth_cents >= ?2 and not exists (
             select 1 from orders where payment = 'voucher' and payment_reference = code
         )",
    )?
    .exists(params![voucher, cents])
}

fn insert_items(db: &Connection, order: &Order) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "insert into order_items (order_id, position, book_id, quantity) values (?1, ?2, ?3, ?4)",
    )?;
    for (position, item) in (0i64..).zip(&order.items) {
        insert.execute(params![order.id, position, item.book_id, item.quantity])?;
    }
    Ok(())
}

fn insert_event(
    db: &Connection,
    order: Uuid,
    status: OrderStatus,
    at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("insert into order_events (order_id, status, at) values (?1, ?2, ?3)")?
        .execute(params![order, Name(status), at])?;
    Ok(())
}

/// An order of a customer's own.
pub fn find(db: &Connection, id: Uuid, customer: &str) -> rusqlite::Result<Option<Order>> {
    let items = db
        .prepare_cached("select * from order_items where order_id = ?1 order by position")?
        .query_map([id], |row| {
            Ok(OrderItem {
                book_id: row.get("book_id")?,
                quantity: row.get("quantity")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    db.prepare_cached(
        "select orders.*, status
         from orders join order_events on order_id = id
         where id = ?1 and customer = ?2
         order by number desc limit 1",
    )?
    .query_row(params![id, customer], |row| {
        Ok(Order {
            id: row.get("id")?,
            status: row.get::<_, Name<_>>("status")?.0,
            items,
            total_cents: row.get("total_cents")?,
            placed_at: contract::utc(row.get("placed_at")?),
        })
    })
    .optional()
}

/// The first change of an order's status after the one with this number.
pub fn next_change(db: &Connection, order: Uuid, after: i64) -> rusqlite::Result<Option<Change>> {
    db.prepare_cached(
        "select * from order_events where order_id = ?1 and number > ?2 order by number limit 1",
    )?
    .query_row(params![order, after], change)
    .optional()
}

fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        number: row.get("number")?,
        event: OrderEvent {
            status: row.get::<_, Name<_>>("status")?.0,
            at: contract::utc(row.get("at")?),
        },
    })
}

/// Moves every order that hasn't arrived one step on, and says how many there were.
pub fn advance(db: &Connection) -> rusqlite::Result<usize> {
    // With `max`, SQLite takes the other columns from the row that has it.
    let orders = db
        .prepare_cached("select order_id, status, max(number) from order_events group by order_id")?
        .query_map([], |row| {
            let Name(status) = row.get("status")?;
            Ok((row.get("order_id")?, next(status)))
        })?
        .collect::<rusqlite::Result<Vec<(Uuid, Option<OrderStatus>)>>>()?;

    let mut advanced = 0;
    for (order, next) in orders {
        if let Some(status) = next {
            insert_event(db, order, status, Timestamp::now())?;
            advanced += 1;
        }
    }
    Ok(advanced)
}

/// What comes after a status, unless it is the last.
pub fn next(status: OrderStatus) -> Option<OrderStatus> {
    match status {
        OrderStatus::Placed => Some(OrderStatus::Packed),
        OrderStatus::Packed => Some(OrderStatus::Shipped),
        OrderStatus::Shipped => Some(OrderStatus::Delivered),
        OrderStatus::Delivered | OrderStatus::Cancelled => None,
    }
}
