//! What a project uses of the support modules, so that it carries and compiles nothing else.

use crate::model::{Coercion, Text};
use crate::plan::Plan;
use crate::plan::answers::{AnswerContent, AnswerPlan};
use crate::plan::api::{BodyKind, OperationPlan, PartKind, ResponseContent, Writing};
use crate::plan::refinements::Assertion;
use crate::plan::senders::{SenderPlan, SentKind};
use crate::plan::sent_parts::SentPart;
use crate::plan::types::{Engine, Pattern, StringRule, Type};

/// Parts of the support modules that bring dependencies of their own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Features {
    /// Patterns that look around or refer back.
    pub backtracking: bool,
    /// Values that are converted first.
    pub coerce: bool,
    /// Moments among them.
    pub moments: bool,
    /// Bodies that are sequences of items.
    pub items_read: bool,
    /// Responses that are.
    pub items_write: bool,
    /// Messages of the contract's own.
    pub messages: bool,
    /// Forms with files.
    pub multipart: bool,
    /// Bodies whose media type is a range of suffixes.
    pub suffixes: bool,
    /// Requests that the service sends.
    pub senders: bool,
    /// Forms with files among them.
    pub sent_parts: bool,
    /// Answers to them in XML.
    pub answer_xml: bool,
    /// Headers of several values.
    pub simple: bool,
    /// Values of which more is said than a type can.
    pub refinements: bool,
    /// Server-sent events.
    pub sse: bool,
    /// Dates and moments.
    pub temporal: bool,
    /// UUIDs.
    pub uuid: bool,
    /// Bodies in XML.
    pub xml: bool,
}

impl Features {
    /// What a plan uses.
    pub fn of(plan: &Plan) -> Self {
        let mut features = Self::default();
        for api in &plan.apis {
            let assertions = api.refinements.iter().flatten();
            assertions.for_each(|assertion| features.add_assertion(assertion));
            for (_, item) in api.items.iter() {
                item.types()
                    .into_iter()
                    .for_each(|ty| features.add_type(ty));
            }
            for operation in api.routes.iter().flat_map(|route| &route.operations) {
                features.add_operation(operation);
            }
            for sender in api.senders.iter().flat_map(|module| &module.senders) {
                features.senders = true;
                features.suffixes |= sender.answers.iter().any(AnswerPlan::is_suffix_range);
                features.add_sender(sender);
                let types = sender.written().into_iter().chain(sender.read());
                types.for_each(|ty| features.add_type(ty));
            }
        }
        features
    }

    fn add_operation(&mut self, operation: &OperationPlan) {
        operation
            .parameters
            .iter()
            .for_each(|parameter| self.add_type(&parameter.ty));
        for (_, content) in operation.body.iter().flat_map(|body| &body.contents) {
            self.suffixes |= content.is_suffix_range();
            match &content.kind {
                BodyKind::Json(ty) | BodyKind::Form { ty, .. } => self.add_type(ty),
                BodyKind::Xml { ty, .. } => {
                    self.xml = true;
                    self.add_type(ty);
                }
                BodyKind::Text(rule, messages) => {
                    self.add_rule(rule);
                    self.messages |= messages.said().is_some();
                }
                BodyKind::Items { ty, .. } => {
                    self.items_read = true;
                    self.add_type(ty);
                }
                BodyKind::Stream => {}
                BodyKind::Multipart { parts, .. } => {
                    self.multipart = true;
                    for part in parts {
                        match &part.kind {
                            PartKind::Value { ty, .. } => self.add_type(ty),
                            PartKind::Xml { ty, .. } => {
                                self.xml = true;
                                self.add_type(ty);
                            }
                            PartKind::File(_) | PartKind::Files(..) => {}
                        }
                    }
                }
            }
        }
        for variant in &operation.responses {
            for header in &variant.headers {
                self.add_type(&header.ty);
                self.simple |= matches!(header.writing, Writing::Simple { .. });
            }
            match &variant.content {
                ResponseContent::Json { ty, .. } => self.add_type(ty),
                ResponseContent::Xml { ty, .. } => {
                    self.xml = true;
                    self.add_type(ty);
                }
                ResponseContent::Items { ty, .. } => {
                    self.items_write = true;
                    self.add_type(ty);
                }
                ResponseContent::Events { ty } => {
                    self.sse = true;
                    ty.iter().for_each(|ty| self.add_type(ty));
                }
                ResponseContent::Empty
                | ResponseContent::Text { .. }
                | ResponseContent::Bytes { .. } => {}
            }
        }
    }

    fn add_sender(&mut self, sender: &SenderPlan) {
        for (_, content) in sender.body.iter().flat_map(|body| &body.contents) {
            match &content.kind {
                SentKind::Xml { .. } => self.xml = true,
                SentKind::Multipart { parts, .. } => {
                    self.sent_parts = true;
                    let is_xml = |part: &SentPart| matches!(part.plan.kind, PartKind::Xml { .. });
                    self.xml |= parts.iter().any(is_xml);
                }
                SentKind::Json(_) | SentKind::Form { .. } => {}
                SentKind::Text | SentKind::Bytes | SentKind::TypedBytes => {}
            }
        }
        let mut answers = sender.answers.iter();
        let reads_xml = answers.any(|answer| matches!(answer.content, AnswerContent::Xml { .. }));
        self.answer_xml |= reads_xml;
        self.xml |= reads_xml;
    }

    fn add_assertion(&mut self, assertion: &Assertion) {
        self.refinements = true;
        match assertion {
            Assertion::Text(rule) => self.add_rule(rule),
            Assertion::Properties(properties) => {
                let patterns = properties.patterns.iter().map(|(pattern, _)| pattern);
                let rule = StringRule {
                    patterns: patterns.cloned().collect(),
                    ..StringRule::default()
                };
                self.add_rule(&rule);
            }
            Assertion::Never | Assertion::Types(_) | Assertion::Values(_) => {}
            Assertion::Number(_) | Assertion::List(_) | Assertion::Size(_) => {}
            Assertion::Required(_) | Assertion::DependentRequired(_) => {}
            Assertion::PropertyNames(_) | Assertion::Dependent(_) => {}
            Assertion::Items(..) | Assertion::Contains(..) | Assertion::Not(_) => {}
            Assertion::All(_) | Assertion::Any(_) | Assertion::One(_) | Assertion::If(..) => {}
            Assertion::OtherProperties(_) | Assertion::OtherItems(_) => {}
        }
    }

    fn add_rule(&mut self, rule: &StringRule) {
        let backtracks = |pattern: &Pattern| pattern.engine == Engine::Backtracking;
        self.backtracking |= rule.patterns.iter().any(backtracks);
    }

    fn add_type(&mut self, ty: &Type) {
        if let Type::Read(_, manner) = ty {
            self.messages |= manner.messages.said().is_some();
            self.coerce |= manner.coerce.is_some();
            self.moments |= manner.coerce == Some(Coercion::Date);
        }
        if let Type::Text(_, rule) = ty {
            self.add_rule(rule);
        }
        match ty {
            Type::Text(Text::DateTime | Text::Date, _) => self.temporal = true,
            Type::Text(Text::Uuid, _) => self.uuid = true,
            _ => ty
                .children()
                .into_iter()
                .for_each(|child| self.add_type(child)),
        }
    }
}
