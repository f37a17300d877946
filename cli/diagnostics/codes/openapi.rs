//! Codes of lowering OpenAPI.

super::codes! {
    RG0201 "a reference leads to nothing" "\
The place that a `$ref` names isn't there. Only operations that need it degrade: a schema becomes any JSON value, a
parameter or a response is left out.

    schema: { $ref: '#/components/schemas/Bok' }      # it is called Book

Mind that in a pointer `/` is written `~1` and `~` is written `~0`.";

    RG0202 "a reference leads to the network" "\
A contract is read from files alone, so that the same input always gives the same project.

    $ref: 'https://example.com/schemas/book.yaml'

Keep a copy of the file beside the contract and refer to that.";

    RG0203 "a reference leads out of the contract's folder" "\
References may only read files in the folder of the contract or below it, however they are spelled: a contract from
somebody else must not read your keys.

    $ref: '../shared/book.yaml'

Move the file, or allow its folder in `routegen.toml`:

    [[api]]
    allow-dirs = [\"../shared\"]";

    RG0204 "the file of a reference can't be read" "\
The file isn't there, isn't text, or isn't JSON or YAML. The message says where.

References to files are relative to the file in which they stand.";

    RG0205 "references lead in a circle" "\
A `$ref` leads to a `$ref` that leads back, so there is never a value.

    A: { $ref: '#/components/schemas/B' }
    B: { $ref: '#/components/schemas/A' }

Recursion through a property or a list is fine; this is not recursion.";

    RG0206 "a keyword is not checked" "\
The keyword restricts values in a way that the emitted server doesn't check. Everything else in the schema is.

    type: string
    contentEncoding: base32

Check it in the handler; the contract that the server gives away keeps the keyword.";

    RG0207 "an operation is declared twice" "\
Two paths which differ only in the names of their parameters match the same URLs, so with one method the second could
never be reached.

    /books/{id}:   { get: {} }
    /books/{isbn}: { get: {} }

Delete one, or make the paths differ: `/books/by-isbn/{isbn}`. With different methods both are fine, and with a `default`
the second is served there (RG0228).";

    RG0208 "a parameter of the path is not declared" "\
The path names a parameter in braces for which there is no entry with `in: path`. It is taken as a string.

    /books/{id}:
      get:
        parameters:
          - { name: id, in: path, required: true, schema: { type: integer } }";

    RG0209 "a path parameter is not in the path" "\
An entry with `in: path` names a parameter that the path doesn't have in braces. It could never have a value and is
left out. Often it is a matter of spelling: `{bookId}` and `book_id`.";

    RG0210 "a path can't be served as it is written" "\
A path is segments between slashes. Servers never see the fragment, and the query is no part of routing.

    /books?sort=asc      # declare `sort` with `in: query`
    /books#archive       # give it a path of its own

What can be kept is served.";

    RG0211 "callbacks of a callback are not written" "\
Callbacks of operations and webhooks become senders in the contract package: a typed request to send, and the typed answer
to it. What such a request brings about in its turn is beyond that; the contract keeps it, and no code is written for it.";

    RG0212 "a body in XML is not typed" "\
Every document in XML has a root element, and an inline schema of a text or a number doesn't say how it is called; nor does a
schema that allows anything say which elements there are. Such bodies are handed to the handler as bytes, and given as bytes.
So are parts of a form of which there may be several: each is a document, and the contract describes their list.

    content:
      application/xml: { schema: { type: string } }

Name the element, refer to a schema that has a name, or offer `application/json` beside it.

    application/xml: { schema: { type: string, xml: { name: title } } }";

    RG0213 "a default doesn't fit its schema" "\
The `default` is no value of the schema that it stands in, so it can't stand in for one.

    limit: { type: integer, default: \"20\" }      # a string

It is left out: the field is simply absent then.";

    RG0214 "a piece of the contract isn't what OpenAPI has there" "\
Something is of the wrong kind or lacks a field that it must have: a parameter without `name`, a response under a key
that is no status, a schema that is a list. That piece is left out; the rest is served.";

    RG0215 "the value of a keyword can't be used" "\
A keyword of a schema has a value that means nothing, such as `minLength: -1`, `multipleOf: 0` or `type: int`. It is
passed over; a type that other languages have (`int`, `bool`), or a slip of the pen (`strng`), is read as the one that is meant, any other allows any value.";

    RG0216 "a security scheme is not known" "\
An operation requires a scheme that isn't declared under `components.securitySchemes`, or the scheme is of a type that
OpenAPI doesn't have. It is taken for one of the `Authorization` header (`Authorization: NAME …`), whose function in `auth.rs`
decides; as `routegen` writes that, it denies.";

    RG0217 "two operations have one id" "\
`operationId` must differ between operations. No name in your code hangs on it, but clients are generated from it.";

    RG0218 "a parameter can't take the rest of the path" "\
`x-catch-all: true` makes a path parameter take all that is left of the path, slashes too. It must be the whole last
segment.

    /files/{path}:            # fine
    /files/{path}/versions:   # not at the end";

    RG0219 "a schema has too many unions" "\
Several `oneOf` and `anyOf` that hold of one value are multiplied out into all their combinations, which grow fast.
Beyond a limit one of them is left out and not checked.

Name the combinations that are meant, and list them in a single `oneOf`.";

    RG0220 "the contract has no operations" "\
There is nothing under `paths` to serve, and there are no webhooks to receive. The project starts and answers 404 to everything.";

    RG0221 "a method is not served" "\
Under `additionalOperations` of OpenAPI 3.2 methods are written as they are sent: `COPY`, `SEARCH`. Those that IANA has
registered and that are one word are served, others are left out.

    additionalOperations:
      COPY: { responses: { \"204\": { description: Copied. } } }";

    RG0222 "a list is written in a way that isn't taken apart" "\
`collectionFormat: tsv` separates the items of a list by tabs, and Swagger 2.0 has `ssv` and `pipes` in paths and headers
too. None of them has an equal in OpenAPI 3. The handler gets the text as it came.";

    RG0223 "the contract isn't written as OpenAPI says" "\
A field that the specification doesn't have at this place, one that it asks for and that is missing, a value of another
kind, or two fields that exclude each other. Slips of the pen are found so:

    parameters:
      - { name: limit, in: query, requried: true, schema: { type: integer } }

What could be read is served; what stands wrong was passed over. A field of your own begins with `x-`.";

    RG0224 "parts of a multipart body are not told apart" "\
Parts that have no names are described by `itemSchema`, `prefixEncoding` and `itemEncoding` since OpenAPI 3.2, or by the
`schema` of a body such as `multipart/mixed` and `multipart/related`. They are not read: the handler gets the bytes of the
body as they arrive, and gives those of a response.

    multipart/mixed:
      itemSchema: { type: object }

Parts with names are typed and checked: `multipart/form-data` with a `schema` of type `object`. Where the parts are values
of one kind and in JSON, `application/jsonl` with the same `itemSchema` is a typed stream of them.";

    RG0225 "a discriminator doesn't say which heir is meant" "\
A schema that others take over through `allOf` stands for them wherever it is used, and its `discriminator` says by which
value each is known: what `mapping` says, or else the heir's name; and whatever the heir's own schema allows, if no other has it.

    Pet:
      discriminator: { propertyName: petType, mapping: { cat: '#/components/schemas/Cat' } }
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { type: integer } } }] }

Here a value leads to a schema that isn't there or is no heir, or no value leads to an heir, or one leads to several. What
has such a value is read as the base alone, so properties of the heir are not checked, and dropped. Or `mapping` has a value
mean an heir whose own `const` or `enum` doesn't have it: then it is refused, since the heir is what it must be.

A `oneOf` or `anyOf` lists what its discriminator tells apart itself, and a `mapping` beside it may lead to its branches alone.

    oneOf: [{ $ref: '#/components/schemas/Cat' }]
    discriminator: { propertyName: petType, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }

Here nothing is a `dog`: `Dog` is no branch. Add it to the list, or take the value out.";

    RG0226 "an expression of a callback leads to nothing" "\
The URL of a callback is made of values of the request that brings it about. This one names a parameter that the operation
doesn't have, a body where there is none, or a property that the body's schema doesn't declare.

    /orders:
      post:
        callbacks:
          onEvent:
            '{$request.query.url}': { post: {} }      # declare `url` with `in: query`

The callback is written all the same; whoever sends it says where it goes.";

    RG0227 "a link leads to no operation" "\
A link of a response names an operation that comes next, by its `operationId` or by a reference. There is none of that name
or at that place.

    links:
      GetUser: { operationId: getUsr }      # it is called getUser
      GetUser: { operationRef: '#/paths/~1users~1{id}/get' }";

    RG0228 "an operation is served at the default of its parameter alone" "\
Two paths which differ only in the names of their parameters match the same URLs. The one that is declared first is served
at all of them; the other at the value that its parameter has by default, since there it can be told apart.

    /auth/{aws_mount}/login:        # any mount but `ldap`
      post: { parameters: [{ name: aws_mount, in: path, required: true, schema: { type: string, default: aws } }] }
    /auth/{ldap_mount}/login:       # /auth/ldap/login
      post: { parameters: [{ name: ldap_mount, in: path, required: true, schema: { type: string, default: ldap } }] }

Its handler gets no such parameter. Make the paths differ, and each is served at all its URLs.";

    RG0229 "dynamic references mean too much" "\
What a `$dynamicRef` means depends on the schemas on the way to it, if several `$dynamicAnchor`s have its name. So schemas
that lead to one are made once for each such way. Beyond a limit of names, of ways or of schemas made for them, it means
what a `$ref` in its place would.

    Page: { type: array, items: { $dynamicRef: '#item' }, $defs: { item: { $dynamicAnchor: item } } }
    Pets: { $ref: '#/components/schemas/Page', $defs: { item: { $dynamicAnchor: item, $ref: '#/components/schemas/Pet' } } }

Write out what is used the most, with a `$ref` to what is meant.";

    RG0230 "an operation is served together with another" "\
Two paths that differ only behind `#` or `?` are one to a server: a fragment is never sent, and the path of a request ends
before its query. One handler serves them both. It takes what either takes, so that its body is a union where theirs differ,
and what only one of them has may be absent.

    /files/{id}:
      put: { requestBody: … }                       # handlers::put takes both bodies
    /files/{id}#add_shared_link:
      put: { requestBody: … }

Objects that values can't tell apart become one with the fields of both. What can be made neither a union nor one is not
checked: texts and XML that differ, such objects inside of a union or with checks of their own, forms whose fields are written
in two ways. And an answer with a body is not one without. That is named, and refused by `--strict`.

Both must ask for the same credentials. To say it without a trick, write one operation, with `oneOf` where they differ.";
}
