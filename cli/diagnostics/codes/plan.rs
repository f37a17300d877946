//! Codes of planning: names, types, routes, files.

super::codes! {
    RG0401 "a pattern that can't be checked" "\
A `pattern` isn't a pattern of ECMA-262, or is too large to be compiled (as many repetitions of a class like `\\p{L}` are), is the 101st of those that are nearly so, or refers back
to its groups in a way that JavaScript alone understands: to a group from inside of it, out of a repetition that has forgotten it,
into a look-behind.

The string is accepted without this pattern. Everything else about it is still checked.

Way out: say it in another way, or check it in the handler. Note that a pattern with look-around or back-references costs more: it is
matched by an engine that may have to try again, so texts of more than 4 KiB and those that need too many attempts don't match it.";
    RG0402 "two operations want the same URL" "\
Two paths of the contract match exactly the same URLs (`/users/{id}` and `/users/{name}`) and both declare this method,
so no server could tell which one a request means.

The first one is served. Way out: remove one of them, or make the paths differ in a fixed segment.";

    RG0403 "a response declares what HTTP can't carry" "\
Names of headers are made of ASCII letters, digits and a few signs, and content types of printable ASCII. A header or a
content of a response that is called otherwise could never be sent, so it is left out.

    headers:
      X-Größe: { schema: { type: integer } }      # left out
      X-Size: { schema: { type: integer } }";

    RG0404 "a URL that is too long for folders" "\
Each segment of a URL is a folder, and file systems take no folder whose name has more than 255 bytes, nor paths without end. What can't
stand in a folder's name counts three bytes there, since it is percent-encoded. The operation is left out.

Way out: shorten the segment, or take its variable part as a parameter.";
}
