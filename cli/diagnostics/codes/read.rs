//! Codes of reading: what can't be read as a contract at all.

super::codes! {
    RG0101 "the contract can't be opened" "\
The file isn't there, can't be read, is a folder, is larger than 64 MiB, or isn't text in UTF-8.

    routegen new shop --spec openapi.yml     # but the file is called openapi.yaml

Name the file as it is. A file in another encoding can be converted: `iconv -f latin1 -t utf-8`.";

    RG0102 "the contract is neither JSON nor YAML" "\
The text breaks off or holds a character where the language has none. The place is where reading stopped; the fault
may be a little before it.

    paths:
      /books:
       get:
         summary: All books: new and old      # a second `: ` in plain text

Put such text in quotes: `summary: \"All books: new and old\"`. Files that end in `.json` must be JSON to the letter,
without comments or commas at the end.";

    RG0103 "the contract nests too deep" "\
Lists and mappings stand in each other more than 256 levels deep. No contract that a person wrote does so.

Give inner schemas names under `components.schemas` and refer to them by `$ref`.";

    RG0104 "the aliases of a YAML file stand for too much" "\
YAML lets `*name` stand for what `&name` marked, and that may hold aliases again: a few lines can stand for billions
of nodes. More than a million are not followed.

    a: &a [x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]      # and so on

Use `$ref` for what is shared: it is not copied.";

    RG0105 "the input is not an OpenAPI document" "\
At the top of the document there is no key `openapi`.

    openapi: 3.1.0
    info: { title: Shop, version: \"1\" }
    paths: {}

Name the root document of the contract, not one of the files that it refers to.";

    RG0106 "the version of OpenAPI is not known" "\
3.0, 3.1 and 3.2 are read. The version stands at the top of the document:

    openapi: 3.1.0";

    RG0107 "the version of Swagger is not known" "\
Swagger was the name of OpenAPI before version 3. Of its versions 2.0 is read:

    swagger: \"2.0\"";

    RG0109 "a key stands in its mapping twice" "\
JSON leaves open which of two equal keys counts, and YAML forbids them. Tools differ, so what you see in one is not
what another does.

    paths:
      /books: { get: {} }
      /books: { post: {} }       # is this added, or does it replace the first?

Nothing is written until one of them is gone: join the two, or delete one.";

    RG0110 "a selector meets no operation" "\
`include` and `exclude` of an `[[api]]` name operations by tag, by path or one by one:

    include = { tags = [\"books\"], paths = [\"/orders/**\"] }
    exclude = { operations = [\"DELETE /books/{id}\", \"mergeAuthors\"] }

One of them names nothing that the contract has, so it is probably misspelt, or the contract has changed.";

    RG0111 "a schema requires itself without end" "\
Every value of the schema has another value of it inside, and that one too: none ever ends, so there is none. What closes
the circle is taken as optional.

    Category:
      required: [name, parent]               # parent: without end
      properties: { name: { type: string }, parent: { $ref: '#/components/schemas/Category' } }

Take it out of `required`, or let it be null: `parent: { anyOf: [{ $ref: '#/components/schemas/Category' }, { type: 'null' }] }`.";
}
