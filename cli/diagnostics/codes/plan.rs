//! Codes of planning: names, types, routes, files.

super::codes! {
    RG0401 "a pattern that can't be checked" "\
A `pattern` uses look-around or back-references, or isn't a pattern at all. Patterns of requests are matched by an engine
whose time grows linearly with the text, so that no request can keep the server busy; such an engine can't do these.

The string is accepted without this pattern. Everything else about it is still checked.

Way out: say the same without look-around (`^(?!admin)` often becomes an `enum` or a second pattern), or check it in
the handler.";
    RG0402 "two operations want the same URL" "\
Two paths of the contract match exactly the same URLs (`/users/{id}` and `/users/{name}`) and both declare this method,
so no server could tell which one a request means.

The first one is served. Way out: remove one of them, or make the paths differ in a fixed segment.";
}
