//! The database: SQLite, in a file or in memory.
//!
//! Its modules are plain functions on a connection. Handlers put them together in one transaction
//! with [`Store::read`] and [`Store::write`].

pub mod books;
pub mod categories;
pub mod covers;
pub mod orders;
pub mod reviews;
pub mod sessions;

mod columns;

use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::Mutex;
use tokio::task;

/// Each is run once. Add to the end, and leave alone what has been released.
static MIGRATIONS: [&str; 2] = [
    include_str!("migrations/1_tables.sql"),
    include_str!("migrations/2_samples.sql"),
];

/// One connection, which one request at a time has to itself.
///
/// SQLite answers in microseconds, so that a queue is faster than a pool until many cores are busy.
#[derive(Debug, Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the database in a file, which is made if it isn't there.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::new(Connection::open(path)).map_err(io::Error::other)
    }

    /// Makes a database that is gone with its last handle.
    pub fn in_memory() -> io::Result<Self> {
        Self::new(Connection::open_in_memory()).map_err(io::Error::other)
    }

    fn new(connection: rusqlite::Result<Connection>) -> rusqlite::Result<Self> {
        let mut connection = connection?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate(&mut connection)?;
        let connection = Arc::new(Mutex::new(connection));
        Ok(Self { connection })
    }

    /// Runs queries on one state of the database.
    pub async fn read<T, F>(&self, job: F) -> io::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.run(TransactionBehavior::Deferred, job).await
    }

    /// Runs statements of which all are kept, or none if the job fails.
    pub async fn write<T, F>(&self, job: F) -> io::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.run(TransactionBehavior::Immediate, job).await
    }

    async fn run<T, F>(&self, behavior: TransactionBehavior, job: F) -> io::Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        // Waiting here rather than in the job keeps the queue fair, and out of the thread pool.
        let mut connection = Arc::clone(&self.connection).lock_owned().await;
        let job = task::spawn_blocking(move || {
            let transaction = connection.transaction_with_behavior(behavior)?;
            let answer = job(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        });
        job.await?
            .map_err(|error: rusqlite::Error| io::Error::other(error))
    }
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, migration) in (1..).zip(MIGRATIONS).skip(done as usize) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    transaction.commit()
}
