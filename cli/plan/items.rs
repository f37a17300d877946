//! Sequences of JSON values: what is said of each item, and what of the whole, which nobody ever has.

use super::lower::Lowerer;
use crate::diagnostics::codes::openapi as codes;
use crate::diagnostics::{Diagnostic, Effect};
use crate::model::{Constraint, Content, Schema, SchemaId, Shape, Text};

/// The schema of an item; `None` if the contract says no more than that there are bytes. A `schema` is that of the list of all
/// items; contracts from before OpenAPI 3.2 have that of one item there.
///
/// <https://spec.openapis.org/oas/v3.2.0#sequential-media-types>
pub(super) fn item(lowerer: &mut Lowerer, content: &Content) -> Option<SchemaId> {
    let whole = content.schema.map(|id| lowerer.api.schema(id));
    if let Some(whole) = whole {
        report_unchecked(lowerer, content, whole);
    }
    match (content.item, whole.map(|whole| &whole.shape)) {
        (Some(item), _) => Some(item),
        (None, None | Some(Shape::Any | Shape::String(Text::Plain | Text::Binary))) => None,
        (None, Some(Shape::Array { items })) => Some(*items),
        // Each place has a type of its own.
        (None, Some(Shape::Tuple { .. })) => None,
        (
            None,
            Some(
                Shape::Never
                | Shape::Null
                | Shape::Boolean
                | Shape::Integer(_)
                | Shape::Number
                | Shape::String(_)
                | Shape::Enum { .. }
                | Shape::Object(_)
                | Shape::Union(_),
            ),
        ) => content.schema,
    }
}

/// Says what can't be told of a list that is never there as a whole.
fn report_unchecked(lowerer: &mut Lowerer, content: &Content, whole: &Schema) {
    let is_list = matches!(whole.shape, Shape::Array { .. } | Shape::Tuple { .. });
    if is_list && whole.refinement.is_some() {
        super::requests::unrefined(lowerer, content, "a list that is read item by item");
    }
    let keywords = whole.checks.iter().filter(|_| is_list);
    let keyword = keywords.filter_map(|check| match check.constraint {
        Constraint::MinItems(_) => Some("minItems"),
        Constraint::MaxItems(_) => Some("maxItems"),
        Constraint::UniqueItems => Some("uniqueItems"),
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::Minimum { .. }
        | Constraint::Maximum { .. }
        | Constraint::MultipleOf(_)
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => None,
    });
    let is_tuple = matches!(whole.shape, Shape::Tuple { .. });
    for keyword in keyword.chain(is_tuple.then_some("prefixItems")) {
        let media = content.media_type.as_str();
        let message = format!("`{keyword}` is not checked of `{media}`");
        let diagnostic = Diagnostic::new(&codes::RG0206, Effect::Warning, message)
            .at(content.span)
            .note("its items are given to the handler one by one, as they arrive")
            .help("check it in the handler");
        lowerer.diagnostics.push(diagnostic);
    }
}
