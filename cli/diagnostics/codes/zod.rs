//! Codes of lowering Zod.

super::codes! {
    RG0301 "the TypeScript has a syntax error" "\
The contract is read as TypeScript before anything else, and this is not TypeScript. Nothing is written.

    export const Book = z.object({ title: z.string( });

Mend the line that is shown; your editor and `tsc` say the same of it.";

    RG0302 "no route is declared" "\
A contract in Zod declares its routes with `createRoute` of `@hono/zod-openapi`. This file has no call of it, so there is
nothing to serve.

    import { createRoute, z } from '@hono/zod-openapi';

    export const listBooks = createRoute({
      method: 'get',
      path: '/books',
      responses: { 200: { description: 'All books' } },
    });";

    RG0303 "a value comes from another file" "\
A contract is one file. What it imports from other files is not read, so a schema or constant from there is unknown, and
what uses it takes any JSON value.

    import { Address } from './address';

Move the declaration into the contract. Imports of types are fine: they are never needed.";

    RG0304 "an expression would have to be run" "\
The contract is read, not run. Literals, `const`s of the same file, members of object literals, spreads, arithmetic,
templates, and calls of functions that only return an expression are worked out; conditions, loops, `process.env`,
methods of arrays and the like are not.

    const limit = process.env.LIMIT ? 10 : 20;

Write the value that the contract has in the end.";

    RG0305 "a name is not declared" "\
The contract uses a name which it neither declares as a `const` or function nor imports.";

    RG0306 "a schema function or method is unknown" "\
Zod may know it, routegen doesn't. The schema is kept without it if that is possible, and takes any JSON value otherwise.
The message names it.";

    RG0307 "a schema rewrites its value" "\
`.transform()`, `.pipe()`, `z.preprocess()`, `z.codec()`, `.catch()`, `.overwrite()`, `.trim()`, `.toLowerCase()` and their
like run JavaScript on the value. The server checks what stands before the rewriting and hands the value to your handler as it was sent.

    z.string().trim().min(1)

Do the rewriting in the handler, and say in the contract what may be sent: `z.string().regex(/^\\S(.*\\S)?$/)`.";

    RG0308 "a schema runs a predicate" "\
`.refine()`, `.superRefine()`, `.check(fn)` and checks of files run JavaScript. Their schema keeps its shape and its other checks; the
predicate is not run.

    z.object({ from: z.iso.date(), to: z.iso.date() }).refine((range) => range.from < range.to)

Check it in the handler, or say it with a check of Zod's: `.min()`, `.regex()`, `z.enum()`, `z.discriminatedUnion()`.";

    RG0309 "a schema stands for no JSON value" "\
`z.date()`, `z.bigint()`, `z.set()`, `z.map()`, `z.instanceof()`, `z.custom()`, `z.function()` and their like describe values that no JSON
document can hold. The schema takes any JSON value.

Say what is sent: `z.iso.datetime()` for a date, `z.array()` for a set, `z.record()` for a map, `z.file()` for a file in a form.
`.openapi({ type: 'string', format: 'binary' })` on such a schema is taken at its word.";

    RG0310 "an argument is not what is expected" "\
A schema function, check or part of a route has got an argument that it can't have, like `z.string().min('three')`.
The message says what is expected there.";

    RG0311 "keys of a record are checked" "\
`z.record()` is understood with `z.string()` as its key, or with an enum of the keys that it has. Other checks on keys are not
made: the values are checked, the keys are not.";

    RG0312 "a message is not used" "\
Messages that have to be run are not taken over, nor are `invalid_type_error` and `required_error` of Zod 3: the server's own stands
in. Messages that are known here are: `z.string('a name, please').min(3, { error: 'too short' })`.";

    RG0313 "an intersection can't be merged" "\
`z.intersection(a, b)` and `a.and(b)` are understood for two objects without a common key which drop unknown keys. Write one object:

    a.extend(b.shape)";

    RG0314 "a schema's name is taken" "\
Two schemas ask for one name. The second gets a number behind it.

    const Book = z.object({ … }).openapi('Book');
    const Draft = z.object({ … }).openapi('Book');

Give one of them another name.";

    RG0315 "a route has no usable method or path" "\
`createRoute` needs a `method` that HTTP has and a `path` that begins with a slash, both constant. Parameters stand in braces:
`/books/{bookId}`. The route is left out.";

    RG0316 "parameters of the path don't match the path" "\
Each name in braces in `path` needs a field in `request.params`, and the other way round. One without a field is taken as a string; a field
without a place in the path is left out.";

    RG0317 "branches can't be told apart" "\
Every branch of `z.discriminatedUnion('kind', […])` must be an object whose `kind` is a `z.literal()` or `z.enum()`. The branches are tried in
turn instead.";

    RG0318 "a security scheme is not declared" "\
A route requires a scheme that nothing declares. It is treated as a bearer token, so that the route isn't open by mistake.

    app.openAPIRegistry.registerComponent('securitySchemes', 'account', { type: 'http', scheme: 'bearer' });";

    RG0319 "a pattern has flags that change its meaning" "\
A pattern is checked as JSON Schema would: without flags. `i`, `m` and `s` change what it matches, so it is not checked.

    z.string().regex(/^[a-f]+$/i)

Write it without: `/^[a-fA-F]+$/`.";

    RG0320 "a route is declared twice" "\
Two routes take the same requests: one method, and paths that differ in the names of their parameters at most. The second
could never be reached and is left out.

    createRoute({ method: 'get', path: '/books/{id}', … });
    createRoute({ method: 'get', path: '/books/{bookId}', … });";

    RG0321 "an operation id is taken" "\
Two routes have one `operationId`. The second goes without: no name of the server hangs on it.";

    RG0322 "an app is mounted below a path" "\
`createRoute` says the path of a route, not which app it is given to. One `basePath` for the whole file is understood; a second
one, or `app.route('/admin', adminApp)`, would put some routes elsewhere. Nothing is written until every route says its whole path.

    createRoute({ method: 'get', path: '/admin/users', … });";
}
