//! Codes of the project on disk and its configuration.

super::codes! {
    RG0501 "a file of yours is not Rust at the moment"
    "Functions are added to `route.rs` and `auth.rs` between your lines, which takes a file that parses. While one
doesn't, nothing at all is written, so that the project doesn't change half.

    // app/api/v1/books/route.rs
    pub async fn get(ctx: Context, request: GetRequest {   // a parenthesis is missing

Mend the file (the diagnostic says where the parser stopped) and run `routegen sync` again.";
    RG0502 "a handler can't be seen"
    "The file has an item macro, `include!` or a glob re-export (`pub use elsewhere::*;`), behind which the handler
may well be. A second one beside it would break the build, so none is written.

    pub use crate::books::*;            // is `get` among them?

Name what the file gives away, and both the router and `routegen` can see it:

    pub use crate::books::get;";
    RG0503 "a handler is not public"
    "A function or import of the handler's name is there, but the router can't name it.

    async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> { … }

Write `pub` before it, or rename it if it is something else.";
    RG0504 "a handler has lost its operation"
    "The contract no longer has the operation, or `include` or `exclude` in `routegen.toml` leaves it out, but somebody wrote the
handler's body: it is an orphan. It isn't routed, and it is never deleted for you. Its request and response types are gone with the operation, so:

- beside live handlers it is a compiler error at its own line, until you delete or move it;
- a file of orphans alone leaves the module tree: it stays on disk, but neither it nor its tests are compiled.

If the operation only has another URL now and had no `operationId` to be known by, move the file into the new folder, over
the stub there, and run `routegen sync`. `routegen check --deny-orphans` makes orphans an error.";
    RG0505 "an operation went to another folder than its file"
    "An operation's path was renamed, but its file can't move as a whole: other operations stay in it, the new place is
taken, or something beside it would be left behind or mean something else there. A stub was written at the new place; the body you
wrote stays where it was.

Move the body by hand, then delete the old function. Bodies are never copied for you.

Or the contract kept the URL and gave its `operationId` to another one, so that the body here serves an operation that it may not
have been written for:

    /users:  get: { operationId: listAdmins }      # was listUsers
    /people: get: { operationId: listUsers }

Move the body to where its operation is now. If it may stay, change it, if only by a comment: then nothing more is said.";
    RG0506 "a file of ours was edited"
    "Files that say `@generated` on their first line are written whole by `routegen sync`. Your edits would be lost
with the next change of the contract, so they are saved under `.routegen/recovered/` and the file is restored.

What you need to change belongs into another file of `app/`, or into the contract; dependencies of handlers that stand
in crates of their own, into `app/Cargo.toml`.

If nobody edited it, the file and `routegen.lock` are of different commits: restore both of one, and run the command again.";
    RG0507 "something is in the way of a file"
    "A file has to be written where a file that isn't ours, a folder or a dangling link stands, or where a link leads to a file that has to
be written as something else.

Move it elsewhere, or delete it, and run the command again.";
    RG0508 "a signature is behind the contract"
    "The contract asks for another signature, but you edited this one, so it was left alone. The compiler will
say whether it still fits.

Take over the signature that the diagnostic shows.";
    RG0509 "a path leads out of the project"
    "A file would be written through a symbolic link that leads out of the project, or to a path with `..` in it; or
`.routegen`, or something in it, is a link, which could lead anywhere. Nothing is written there.

Replace the link by a folder, or run `routegen` in the project that it leads to. One in `.routegen` can be deleted.";
    RG0510 "`routegen.lock` is missing or damaged"
    "The file holds a hash of each piece that `routegen sync` wrote, and is how your edits are known. It isn't there, or its lines
are in conflict, said twice, or not understood, or it is of another commit than the files. What it doesn't know counts as edited by
you: a function isn't touched, even if it is an untouched stub, and a file of ours is kept under `.routegen/recovered/`
before it is written.

After a merge, resolve the conflicts in the contract and in files of yours, and run `routegen sync`: it reads both sides of a conflict in
the lock, and writes the file anew. Else restore it from version control, as it was committed with the others. Never edit it by hand.";
    RG0511 "`routegen.toml` can't be used"
    "The file isn't TOML, or has a key or value that isn't known.

    [[api]]
    spec = \"openapi.yaml\"   # the contract, relative to this file
    base = \"/api/v1\"        # where it is mounted; \"\" is the root";
    RG0512 "a base path is malformed"
    "A base path is empty, or begins with a slash, doesn't end in one, and has plain segments: `/api/v1`. Where the path of a
contract's server is none (`/rest/Train+Travel+API`), the API is mounted where one without a server is.

    routegen new shop --spec openapi.yaml --base /api/v1";
    RG0513 "the folder of a new project is taken"
    "`routegen new` writes into an empty folder, or into one where nothing collides with what it writes.

Give another folder. For a project that is there already, run `routegen sync` in it.";
    RG0514 "the contract doesn't know a route of yours"
    "A `route.rs` has a handler for which the contract has no operation. It is served; `--deny-undocumented`
makes it an error, for teams whose contract must tell everything.

Add the operation to the contract, or remove the handler.";
    RG0515 "an operation is not implemented"
    "The handler is still the stub that answers 501, or the function of a security scheme the one that denies everyone.
`--deny-unimplemented` makes it an error.

Fill the body of the function.";
    RG0516 "several contracts want one file"
    "Two contracts of `routegen.toml` would write the same path.

Mount them at different base paths.";
    RG0517 "a file changed while it was being replaced"
    "Every file is looked at again just before it is written. One wasn't what it was a moment before, so
everything was put back as it was. Or a program has a file open to write to it, as far as the system tells (Linux does, of your own files
on a local disk): what it has yet to write would go to the file that was replaced, and be lost.

Save what your editor has open and run the command again.";
    RG0518 "the layout of a project can't be changed"
    "`layout` in `routegen.toml` says which crates handlers stand in. It is chosen once, with `routegen new --layout`:
manifests, `app/lib.rs` and tests are yours and differ between the two, so none is turned into the other.

    layout = \"split\"   # what `routegen new --layout split` wrote

Undo the change. To move to the other layout, write a new project beside this one with `routegen new --layout`, and copy
the `route.rs` files into it: they are the same in both.";
    RG0519 "a manifest of yours can't be read"
    "The contract package is called after the one that `Cargo.toml` names, and handlers in crates of their own have the dependencies
that `app/Cargo.toml` names. While one of them doesn't parse, nothing is written.

Mend the file (the diagnostic says where the parser stopped) and run `routegen sync` again.";

    RG0520 "a route of your own has no handler"
    "A `route.rs` in a folder that the contract doesn't know is routed by its handlers: public functions that are called after
their method in lower case. This file has none, so it isn't compiled either.

    use super::contract::*;

    pub async fn get(_: Context, request: contract::Request) -> Result<axum::response::Response> { … }

Next's `GET` is `get` here.";

    RG0521 "a handler can't be called as it is"
    "The router calls each handler with what the contract says it gets, in every build. This one takes other arguments, is
generic, `unsafe` or not `async`, or is left out of some builds by a `#[cfg]`. The compiler would say so in a file of ours.

    #[cfg(unix)]
    pub async fn get(ctx: Context, request: GetRequest) -> Result<GetResponse> { … }      # and elsewhere?

What a handler needs beside its request is in `ctx`: `ctx.state()`.";

    RG0522 "a handler is gone, or a file with handlers"
    "A function of a `route.rs` (or `auth.rs`) that was written for the contract isn't there any more, or the whole file isn't, though the
contract has its operations. It comes back as a stub. Functions are called after their method,
`get` and not `gett`, and a folder's name is the URL it serves: to rename a URL, rename the path in the contract, and `routegen sync`
moves the folder with everything in it.";

    RG0523 "a file that must change is read-only"
    "A file's mode says that nobody may write to it, so it isn't replaced or removed, be it yours or one that says `@generated`;
and since a project changes as a whole or not at all, nothing else is written either.

    chmod u+w app/api/v1/books/route.rs

On Windows, `attrib -r` does the same. Where version control makes files read-only, check them out first.";

    RG0524 "two handlers serve one URL"
    "A handler of your own answers the same method of the same URL as one of the contract, or as another of your own, so nobody can
know which of them is meant. Folders in parentheses and the names of parameters make no other URL, nor do two spellings of one
character:

    app/api/books/[id]:activate/route.rs
    app/api/books/[id]%3Aactivate/route.rs     # as it is written, since Windows takes no colon

Nothing is written until one of the two is gone: move the file, or the body, to where the contract has it, or rename its folder.";

    RG0525 "a file of yours can't be edited"
    "Functions are put into `route.rs` and `auth.rs`, and taken out, between your lines. What would come of it is read again before
anything is written, and here it wouldn't have had all its functions: that is a fault of `routegen`, and nothing is written.

Make the change by hand: write the handlers that the contract asks for, delete those that it no longer has. Then run
`routegen sync`, which leaves the file as it is. Please report the file, too.";

    RG0526 "a file that moves names another by its place"
    "A path was renamed, and its `route.rs` moves to another folder with what stands beside it. But it names a file elsewhere by the
way from its old folder, which leads somewhere else from the new one:

    const QUERY: &str = include_str!(\"../list.sql\");

Write the way from the new folder, or one from the root of the package: `concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/app/list.sql\")`.";
}
