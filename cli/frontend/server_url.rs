//! Base paths out of the URLs of servers, their variables filled in.

/// `/api/v1` of `https://{host}/api/{version}/?x#y`; `None` when nothing is left. Each variable is replaced where it
/// stands, and what replaces it isn't looked at again. Segments of dots lead nowhere and are left out.
pub(super) fn base_path<'v>(
    url: &str,
    variable: impl Fn(&str) -> Option<&'v str>,
) -> Option<String> {
    let url = fill(url, variable);
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let after_host = |rest: &'_ str| rest.find('/').map_or(rest.len(), |at| at);
    let path = match url.split_once("://") {
        Some((_, rest)) => &rest[after_host(rest)..],
        None => url
            .strip_prefix("//")
            .map_or(url, |rest| &rest[after_host(rest)..]),
    };
    let segments = path
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "." | ".."));
    let path: String = segments.map(|segment| format!("/{segment}")).collect();
    (!path.is_empty()).then_some(path)
}

fn fill<'v>(url: &str, variable: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after
            .split_once('}')
            .map(|(name, after)| (variable(name), after))
        {
            Some((Some(value), after)) => {
                filled.push_str(value);
                rest = after;
            }
            Some((None, _)) | None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}
