//! routegen: contract-first axum servers in the layout of Next.js Route Handlers.
//!
//! ```text
//! Source ─ frontend ─► model::Api ─ plan ─► Plan ─ render ─► Emitted ─ merge ─► Vec<Change> ─ apply ─► disk
//! ```
//!
//! - A stage takes what the one before returns and knows nothing further back; ARCHITECTURE.md has the table.
//! - `model` knows no language of contracts and no Rust; front-ends don't know each other; `plan` decides, `render` prints.
//! - Only reading and `project` touch the disk. A file of the user's is created or added to, never replaced.
//! - `check` is `sync` without its last step. Rendering twice gives the same bytes, syncing twice gives no change.
//!
//! `tests/layers.rs` holds this. The files, by their first sentences:
//!
//! ```text
//! args.rs                The command line, nothing else
//! build.rs               Gives the program a fingerprint of itself, by which a project knows that another version wrote it
//! config.rs              `routegen.toml`: which contracts make this project, and where they are mounted
//! lib.rs                 routegen: contract-first axum servers in the layout of Next.js Route Handlers
//! main.rs                The `routegen` program: arguments in, exit code out
//! pipeline.rs            The whole program as values: what the contracts say the project should be, and how the project on disk differs
//! progress.rs            How far a run is: a bar on a terminal, once a run takes so long that people wonder
//! source.rs              Text that was read, and places in it: a diagnostic can point at every byte of what the user wrote
//! commands/
//!   add.rs               `routegen add`: another API in a project that is there
//!   base.rs              Where a new project mounts its API, and what it calls its package
//!   contract_files.rs    Where the files of a contract lie in a project
//!   explain.rs           `routegen explain`: more of a diagnostic
//!   fold.rs              Which files are named one by one, and of which it is only said how many there are: a change of the contract may reach thousands
//!   known.rs             What is known to be wrong: a watch says again what is new alone
//!   mod.rs               The commands: each reads its arguments, calls the pipeline, prints, and chooses the exit code
//!   new.rs               `routegen new`: a project from a contract, into a folder where nothing collides
//!   next_steps.rs        What to do with a project that was just written
//!   output.rs            What is printed: for people to stderr, what can be piped to stdout
//!   report.rs            What the commands say of a comparison: diagnostics, changes as lines, and what they mean for the exit code
//!   serve.rs             `routegen new --run`: start the server that was written, and show how to ask it something
//!   shell.rs             `routegen completions` and `routegen man`
//!   sync.rs              `routegen sync`: bring the project into step with its contract
//!   watch.rs             `routegen sync --watch`: sync again whenever the contract or the project has changed
//!   written.rs           What is said of a transaction, as cargo says what it does: a line for each change, and for what became of interrupted runs
//! commands/check/
//!   denials.rs           What the flags of `check` deny: functions in states that are no fault without them
//!   findings.rs          What a check finds, as one list of values: files that aren't as they should be, functions, and what is wrong with what people wrote
//!   github.rs            The format of GitHub Actions: workflow commands that annotate files, and a page for the job's summary
//!   json.rs              The format for programs: one object, as `schemas/check.schema.json` describes it
//!   junit.rs             The format of test reports, as Jenkins and GitLab read it: a test case for each finding, which fails if the check does because of it
//!   kinds.rs             Kinds of findings, what they mean for the run, and the words for both
//!   mod.rs               `routegen check`: whether `sync` would do anything, said in one of several formats
//!   repository.rs        Where a project lies in its repository: what annotates files names them from there
//!   sarif.rs             SARIF 2.1.0, the format of code scanning
//!   summary.rs           A report as a page of Markdown, as long as there is room for
//!   text.rs              The format for people: a line for each file, diffs, and last the command that mends the project
//! commands/routes/
//!   mod.rs               `routegen routes`: every route, documented or not, and what the service sends
//!   page.rs              The page: a tree of routes by folder, for people who would rather look than read
//!   place.rs             Where a page is written: whole or not at all, and never over a file that isn't a page of ours
//! diagnostics/
//!   conflict.rs          Conflicts that a merge left in a file: whoever can't read a file looks for one, before saying where reading stopped
//!   mod.rs               What is wrong with what the user wrote: each fault with its code, place, reason and way out
//!   print.rs             Diagnostics as rustc prints them
//! diagnostics/codes/
//!   mod.rs               Every diagnostic code with its title and its long explanation, one file per stage
//!   openapi.rs           Codes of lowering OpenAPI
//!   plan.rs              Codes of planning: names, types, routes, files
//!   project.rs           Codes of the project on disk and its configuration
//!   read.rs              Codes of reading: what can't be read as a contract at all
//!   zod.rs               Codes of lowering Zod
//! frontend/
//!   finite.rs            Schemas that require themselves without end: no value is one, and no server could send it
//!   mod.rs               Contracts in: one folder per language, each ends in [`crate::model::Api`]
//!   needs.rs             Of which schemas a value must hold values
//!   selection.rs         Which operations of a contract are wanted: by tag, by path, or one by one
//!   server_url.rs        Base paths out of the URLs of servers, their variables filled in
//! frontend/document/
//!   mod.rs               The contract as the server gives it away, written anew from the model: for contracts that are no OpenAPI document
//!   schemas.rs           Schemas of the model as JSON Schema (draft 2020-12, as OpenAPI 3.1 has it)
//! frontend/openapi/
//!   alike.rs             Whether two schemas say the same, and what takes the values of either
//!   bodies.rs            What requests and responses carry: contents, encodings, headers
//!   bundle.rs            The contract as one JSON document: references to other files brought in, what is internal left out
//!   bundle_text.rs       Pretty JSON text, two spaces a level
//!   clashes.rs           Operations that match the same URLs as another: the first is served there, a later one where the default of its parameter says
//!   context.rs           What a node of an OpenAPI document is, by the keys that lead to it
//!   defaults.rs          Defaults that don't fit what they are defaults of
//!   discriminators.rs    What a document says of discriminators: at which schemas they stand, and which of their values may mean which heir
//!   documents.rs         All files of one contract: the root and whatever its references lead to, read before anything is lowered
//!   dynamic.rs           `$dynamicRef` where several anchors have its name: the outermost schema on the way there that has one says what is meant, so schemas that depend on it are lowered once for each such way
//!   facets.rs            What several schema nodes say together, keyword by keyword
//!   family.rs            Who is an heir of whom: named schemas, and those that they take over through `allOf`
//!   flatten.rs           `$ref` and `allOf`: everything that is said of one value, as a flat list of nodes
//!   grammar.rs           What the specification says of its objects, held against a contract: unknown fields, missing ones, values of another kind, fields that exclude each other
//!   grammar_objects.rs   The objects of Swagger 2.0 and OpenAPI 3: which fields they have, since when, and what stands in them
//!   grammar_parameters.rs What a parameter's fields say of each other, and parameters of one list
//!   grammar_rules.rs     What the fields of one object say of each other
//!   grammar_schemas.rs   Keywords of a Schema Object, as far as their values have a shape of their own
//!   heirs.rs             Bases of an inheritance where they are used: unions of their heirs and of what they are by themselves
//!   hooks.rs             Requests that go the other way: `callbacks` of operations, and `webhooks`
//!   inheritance.rs       Inheritance: schemas with heirs that a discriminator tells apart, as far as the document says it by itself
//!   joined.rs            One schema for what is received as either of two: of objects that values can't tell apart, one with the fields of both
//!   json.rs              JSON text → tree, without recursion
//!   keywords.rs          Validation keywords → constraints
//!   links.rs             Links of responses: ways to other operations, which must be there
//!   mod.rs               Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 in YAML and JSON → model
//!   objects.rs           Properties of objects
//!   openapiv3.rs         Documents of the `openapiv3` crate, for whoever uses routegen as a library and has one in hand
//!   operations.rs        Paths and their operations, in the contract's order
//!   parameters.rs        Parameters of operations, and how their values are written
//!   pointer.rs           JSON pointers (RFC 6901) in URI fragments, and percent-encoding
//!   references.rs        `$ref`s: where they lead, and what is said of those that lead nowhere
//!   refinements.rs       What schemas say beyond the shape of values: JSON Schema by the letter, keyword by keyword
//!   resources.rs         `$id`: schemas that are resources of their own, with a URI that references below them begin from
//!   schemas.rs           From schema nodes to ids: each is lowered once, later, so that recursion and sharing need no thought
//!   scopes.rs            All that is said of one value, wherever it stands, so that what is said at one place knows what travels in one direction alone
//!   security.rs          Security schemes, and what operations require of them
//!   server.rs            The base path: the path of the first server's URL, in Swagger 2.0 `basePath`
//!   shapes.rs            What is said of a value → its shape and checks
//!   slips.rs             What was meant by a name that isn't there: the known one that it is a slip of
//!   swagger.rs           What Swagger 2.0 says otherwise: bodies and forms as parameters, content types apart from schemas, collection formats
//!   syntax.rs            Text → tree, whichever of JSON and YAML it is
//!   taken.rs             Whether a schema would take values that are meant for another, and lose what it doesn't know of them
//!   target.rs            The key of a callback: its URL, with runtime expressions in it, in pieces
//!   tree.rs              A document as an arena tree: JSON and YAML alike, every node knows its place in the text
//!   types.rs             Sets of JSON Schema's types
//!   unevaluated.rs       `unevaluatedProperties` and `unevaluatedItems`: whether types can tell what nothing else has looked at
//!   unions.rs            `oneOf` and `anyOf`, and the property that tells branches apart
//!   unwanted.rs          Operations that were left out by choice
//!   url.rs               Path templates: `/users/{id}/files/{path*}` → segments
//!   variant_callbacks.rs Callbacks that operations which became one have in common: one sender sends what any of them would
//!   variant_contents.rs  Bodies and answers of operations that are one: what either takes, and what either gives
//!   variants.rs          Operations whose paths differ behind `#` or `?` alone: a server sees one request, so one handler serves them all
//!   version.rs           Which OpenAPI a document is
//!   xml.rs               `xml` objects: what is said of values in XML, at schemas and where schemas are used
//!   yaml.rs              YAML text → tree, over the events of `granit-parser`, which no other module knows of
//!   yaml_mend.rs         YAML that is wrong to the letter, but which other readers take and real contracts hold: spaces that mend it
//!   yaml_scalar.rs       What a plain YAML scalar is, by the core schema (YAML 1.2.2, §10.3.2)
//! frontend/zod/
//!   checks.rs            Checks: `.min(3)`, `.regex(/…/)`, `z.minLength(3)`
//!   constant.rs          Works out constants without running the code: names, members, spreads, arithmetic and functions that only return
//!   convert.rs           From the parser's tree to ours
//!   draft.rs             A schema on its way through a chain of calls
//!   factories.rs         `z.string()`, `z.object()` and the other functions of Zod that make a schema
//!   formats.rs           Formats of strings: `z.email()`, `z.string().uuid()`, `.openapi({ format: 'password' })`
//!   info.rs              What is said of the whole API: `app.doc('/openapi.json', { … })` and `.basePath('/api/v1')`
//!   messages.rs          Messages: the contract's own words for values that are refused
//!   metadata.rs          `.openapi(…)` and `.meta(…)`: names, docs, and what Zod itself can't say
//!   methods.rs           Methods of schemas: `.optional()`, `.default(1)`, `.min(3)` and what else may follow
//!   mod.rs               Contracts in Zod 4 with `createRoute` of `@hono/zod-openapi`: one TypeScript file, read and never run
//!   objects.rs           Objects: their fields, and schemas derived from other objects
//!   parameters.rs        `request.params`, `query`, `headers` and `cookies`: each field of their objects is a parameter
//!   parse.rs             Reads TypeScript, and reports each of its syntax errors
//!   routes.rs            `createRoute({ … })`: operations with their bodies and responses
//!   schema.rs            Lowers an expression that stands for a schema
//!   security.rs          Security schemes, and what routes require of them
//!   syntax.rs            The TypeScript of a contract as a small tree of ours; `parse` and `convert` alone know the parser's own
//! model/
//!   constraint.rs        Checks: one variant per validation keyword
//!   hook.rs              Requests that go the other way: callbacks of operations, and webhooks
//!   media.rs             Media types, as far as they decide how a body is read and written
//!   method.rs            Methods of HTTP
//!   mod.rs               What an API **is**, in the words of HTTP: operations, parameters, bodies, responses, schemas
//!   operation.rs         Operations: a method on a URL, what it takes and what it gives
//!   refinement.rs        What a contract says of values beyond their shape, as JSON Schema says it: each keyword by the letter, of values of its own type alone
//!   schema.rs            Schemas: the shape of a value, and what must hold of it
//!   security.rs          Security schemes, and what operations require of them
//!   url.rs               URL templates: `/users/{id}/files/{path}.json`
//!   xml.rs               How a value stands in XML, as far as the contract says it
//! plan/
//!   answers.rs           What comes back to a request that the service sends: one variant per status and content type
//!   api.rs               What will be written for one API: its items, its routes, and how each operation is read and answered
//!   components.rs        Strongly connected components of a graph (Tarjan's algorithm, without recursion)
//!   cycles.rs            Recursion: what must be boxed so that every type has a size, and which aliases can't be plain names
//!   defaults.rs          Whether a default is a value of its type, so that it can be written down
//!   docs.rs              Text of a contract as comment lines: nothing in it can end the comment or hide what follows
//!   documents.rs         Documents in XML: which shape values of a schema have there, by the rules of the XML Object
//!   folders.rs           Where operations land: a folder for each segment of their URL, with a name that every file system takes
//!   form_parts.rs        What a part of a form with files holds: files, or a value and how it is read
//!   groups.rs            The groups of an ECMA-262 pattern: what back-references mean, and which of them mean the same in Rust
//!   items.rs             Sequences of JSON values: what is said of each item, and what of the whole, which nobody ever has
//!   kinds.rs             What stands in a text, as far as it matters for cutting it
//!   layout.rs            Which crate each handler stands in
//!   left_out.rs          Operations that are left out by choice, and what says so: a handler of one is no orphan of the contract's making
//!   listing.rs           What a project has to do with over HTTP, for `routegen routes`: operations that it serves, and requests that it sends
//!   lower.rs             `model::Schema` → `plan::Type`: each schema once for each direction in which it differs
//!   manner.rs            In what manner values are read, where that isn't a matter of their type: what they are made first, and the contract's own words for what it refuses
//!   media.rs             Ranges of media types that stand for JSON: what the contract says of their values could be said of nothing else
//!   mod.rs               Every decision: names, files, types
//!   names.rs             Names in Rust for names in a contract: cases, keywords, clashes
//!   parts.rs             The packages that the contract stands in: one, or as many as it takes that none of them is too much for rustc
//!   patterns.rs          ECMA-262 patterns in the words of the `regex` crate, or of `fancy-regex` where they look around or refer back
//!   reach.rs             Which schemas differ between requests and responses, and which several operations share
//!   refinements.rs       `model::Assertion` → the assertions of a refinement, with rules and patterns as they are emitted
//!   requests.rs          How requests are read: parameters and bodies
//!   responses.rs         The variants of a response: one per status and content type
//!   routes.rs            The modules of routes and APIs
//!   rules.rs             `model::Constraint` → the rules of a type
//!   senders.rs           Requests that the service sends: callbacks, and webhooks of a contract that has paths of its own
//!   sent_parts.rs        Parts of forms with files that the service sends: how each is written, by the form's `encoding`
//!   shapes.rs            The items that schemas become: structs, enums of literals, unions
//!   statuses.rs          Names of statuses (RFC 9110, §15, and the IANA registry)
//!   targets.rs           The URL of a callback, where the typed request that brings it about says it
//!   types.rs             What will be written as Rust types: values, and the items that people read
//!   undocumented.rs      The user's own routes: wired by their folders, as Next would
//!   units.rs             What of an API stands together in one package whatever happens, and what of it refers to what
//!   visible.rs           Which schemas a route's handlers see by their names: those that its requests and responses are made of
//!   weight.rs            About how many lines of code something becomes, comments apart: what rustc needs for a package follows from their sum
//!   xml.rs               How values stand in XML: a table of shapes
//! project/
//!   apply.rs             Writing a project in one transaction: killed at any moment, the next run finishes it, and nothing is lost
//!   apply_tests.rs       Transactions: whole, interrupted at every step, and in others' way
//!   bodies.rs            What serves an operation in a file of the user's: a function, or something from elsewhere under its name
//!   change.rs            What must be done to a project, as a value; and how it stands with its functions
//!   diff.rs              Changes as a unified diff, for `check` and `--dry-run`
//!   disk.rs              Single operations on disk, each of which has happened or hasn't; nothing else of this program writes to a project
//!   fault.rs             Faults for tests: which operation on disk kills or stops the process, or fails
//!   fingerprint.rs       Fingerprints: of bytes, and of Rust by what it says, so that formatting and line ends aren't edits
//!   followers.rs         What goes to another folder with a file of handlers, and what keeps it where it is
//!   held.rs              Whether somebody is writing a file: what a program writes that has it open goes wherever the file went, so such a file is not replaced
//!   in_step.rs           Whether anything differs since the last run that left nothing to do, and what that run said
//!   journal.rs           What a transaction is about to do, on disk before it is done: whoever finds it can finish it
//!   layout.rs            Which layout a project was written in, by what we wrote
//!   likeness.rs          Which new operation one that is gone may be, by how much their URLs are alike: good for a hint, and for nothing more
//!   lock.rs              `routegen.lock`: what we wrote, so that `sync` can tell the user's edits
//!   merge.rs             What was emitted against what is there: every change that `sync` makes, as a value
//!   merge_call.rs        Whether what calls a function of the user's can call it as it is now
//!   merge_function.rs    Merging one function of the user's: put in, brought up to date, or left alone
//!   merge_functions.rs   Merging files of the user's to which functions are added: `route.rs`, `auth.rs`
//!   merge_gone.rs        Functions that a person took away, or a file of them: they come back as stubs, and are looked for elsewhere
//!   merge_idle.rs        Files `route.rs` of the user's own in which nothing is a handler: they are neither routed nor compiled, so they are named, once for each cause
//!   merge_lock.rs        What is said of a `routegen.lock` that can't be relied on: damaged, missing, or of another commit than the files
//!   merge_move.rs        Merging a file that goes to another folder: what goes with it, and what it names by its place
//!   merge_orphan.rs      What is said of a function whose operation is gone, and which a person wrote: it stays, and nothing calls it
//!   merge_ours.rs        Files of ours, which are written whole: by what they say, so that a checkout with other line ends is no edit, nor is `cargo fmt`
//!   merge_ours_tests.rs  Tables of what `sync` does to files of ours, by what stands there and what was written last
//!   merge_tests.rs       Tables of what `sync` does to files of the user's; each row is a small project before and after
//!   misplaced.rs         Bodies that serve another operation than they were written for: the contract kept a URL and gave its `operationId` to another
//!   mod.rs               The user's folder: what is there, how it differs from what was emitted, and how it is written
//!   mounts.rs            Which of the contracts that a project was written for is which of those that it has now
//!   moves.rs             Which operations went to another path, and which files go with them
//!   moves_tests.rs       Tables of where bodies are after a contract has changed its paths; each was written by hand for the operation that it names
//!   numbered.rs          Names of operations that were counted, not given: `list`, `list_1`, `list_2` of several resources
//!   obstacles.rs         What stands against making changes, asked of a comparison, so that `check` and `sync` say the same before anything is written
//!   owner.rs             Whose the files are that are written
//!   package.rs           What cargo knows of the folder: the package's name, and the workspace that it lies in
//!   places.rs            Which names on disk a project depends on, and the folders that tell of them
//!   rebase.rs            Whether an API was mounted elsewhere: all its operations are gone, and all are there again under another base path
//!   recover.rs           Ending what a run has left that was interrupted: it goes on, or back if a person's edits stand against that
//!   refused.rs           Why a transaction didn't take place
//!   rust_file.rs         What we need to know of a Rust file of the user's: where its functions stand, and which names it gives away
//!   rust_types.rs        Which types a Rust file has names for: whether those of its contract are at hand, and which name may be another of something
//!   saved.rs             What a transaction saves of a person's bytes that it takes away: edits of files of ours, and what was written in the very moment in which a file was replaced
//!   saved_tests.rs       Edits that a transaction saves
//!   scan.rs              What is in the user's folder now
//!   splice.rs            Edits of a file of the user's: functions put in and taken out between bytes that stay as they are
//!   steps.rs             The steps of a transaction that make changes true, with what is staged for them
//!   successors.rs        Which operations that are gone from their files are which of those that are new in theirs
//!   taking.rs            Taking a project: what becomes of its folder if that isn't there, and waiting for a run that has it
//!   target.rs            Where a path of the project really leads, so that nothing is ever written outside of it
//!   transaction.rs       The steps of a transaction one by one: how each stands by what is on disk, made and taken back
//!   user_routes.rs       The user's own routes among the project's files, as planning sees them: a pure value
//!   watch.rs             Word of changes in what a project depends on
//!   work_folder.rs       Whether a project's work folder is one: a link there, or a file in the place of a folder, and nothing can be written safely
//! render/
//!   application.rs       The application as the contract package asks for it: its types, and which function of `auth.rs` knows whose credentials
//!   auth.rs              `auth.rs`: one function per security scheme, denying until written
//!   codecs.rs            Decoders and writers, which nobody reads: one of each per item that needs it
//!   coerced.rs           Decoders of values that are converted first, by the rules of JavaScript
//!   construct.rs         Constructors: `new(required…)` or `Default` for every struct of a schema, and for requests and their parts that may leave something out, so that an added optional field breaks no code that uses them
//!   contract.rs          The contract package: types, codecs, the served contract
//!   decoders.rs          Decoders: how the next JSON value becomes a value of a type
//!   emitted.rs           The project as it would be in an empty folder
//!   enumerations.rs      Enums of literals: their table, and the ways from and to what they stand for
//!   features.rs          What a project uses of the support modules, so that it carries and compiles nothing else
//!   handlers.rs          `route.rs` files with their stubs, and what leads to them: their modules and their entries in a table of routes
//!   inherited.rs         What the crates of handlers take over from `app/Cargo.toml`, the one list of dependencies that is the user's
//!   items.rs             The types that people read: structs, enums, unions, aliases
//!   mod.rs               `Plan` → text
//!   operations.rs        The request and response types of one URL, which people read
//!   outgoing.rs          How the requests that the service sends are written, and what comes back is read: the functions of their types
//!   parts.rs             The contract in several packages: one that people see, those with its parts, and one below them all
//!   portion.rs           What of an API stands in one package: its types, which people read, and its codecs, which nobody does
//!   project.rs           The files that are written once and are the user's from then on: those of every layout, and those of a single crate
//!   refinements.rs       What must hold of values beyond their types: a table of assertions for each API that says such things
//!   requests.rs          How a request is decoded: the `Incoming` of each operation
//!   responses.rs         How a response is made: the `IntoResponse` of each operation
//!   router.rs            `app/router.rs` of a project whose handlers stand in one crate: URL → file → function
//!   rust.rs              Small pieces of Rust text: types, literals, doc comments
//!   scalars.rs           Scalars in one text: how a parameter's is decoded and a header's is written
//!   senders.rs           The types of requests that the service sends and of what comes back, which people read
//!   sent_parts.rs        Forms with files that the service sends: the struct of their parts, and how they are written
//!   serde.rs             serde for the contract's types, behind a feature: a module of its own in each API, so that it costs nothing when it is off
//!   split.rs             A project whose handlers stand in crates of their own: those crates, and the one that gathers them
//!   statics.rs           Rules as statics of the codec modules
//!   support.rs           The support modules: plain Rust files that are copied, those that are used
//!   tuples.rs            Tuples: lists with a type for each place, of which the last may be absent
//!   writers.rs           Writers: how a value of a type becomes JSON
//!   xml.rs               How values stand in XML: a table of shapes for each API that has bodies in it
//! ```

pub mod args;
pub mod commands;
pub mod config;
pub mod diagnostics;
pub mod frontend;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod progress;
pub mod project;
pub mod render;
pub mod source;
