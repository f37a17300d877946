//! From the parser's tree to ours.

use oxc_ast::ast;
use oxc_span::GetSpan;

use super::syntax::{Constant, Entry, Expression, Import, Key, Kind, Module, Operator, Parameters};
use crate::source::Span;

/// Our tree of a whole file.
pub(super) fn module(file: u16, program: &ast::Program<'_>) -> Module {
    let converter = Converter { file };
    let mut module = Module::default();
    for statement in &program.body {
        converter.statement(statement, &mut module);
    }
    module
}

struct Converter {
    file: u16,
}

impl Converter {
    fn span(&self, span: oxc_span::Span) -> Span {
        Span { file: self.file, start: span.start, end: span.end }
    }

    fn statement(&self, statement: &ast::Statement<'_>, module: &mut Module) {
        match statement {
            ast::Statement::ExpressionStatement(statement) => {
                module.expressions.push(self.expression(&statement.expression));
            }
            ast::Statement::ImportDeclaration(import) => self.import(import, module),
            ast::Statement::ExportDeclaration(export) => self.declaration(&export.declaration, true, module),
            ast::Statement::ExportDefaultDeclaration(export) => {
                if let Some(expression) = export.declaration.as_expression() {
                    module.expressions.push(self.expression(expression));
                }
            }
            ast::Statement::ExportNamedDeclaration(export) => {
                for specifier in &export.specifiers {
                    if let Some(constant) = module.constants.get_mut(specifier.local.name().as_str()) {
                        constant.exported = true;
                    }
                }
            }
            other => {
                if let Some(declaration) = other.as_declaration() {
                    self.declaration(declaration, false, module);
                }
            }
        }
    }

    fn import(&self, import: &ast::ImportDeclaration<'_>, module: &mut Module) {
        if import.import_kind.is_type() {
            return;
        }
        for specifier in import.specifiers.iter().flatten() {
            let (local, name) = match specifier {
                ast::ImportDeclarationSpecifier::ImportSpecifier(specifier) => {
                    if specifier.import_kind.is_type() {
                        continue;
                    }
                    (&specifier.local, specifier.imported.name().to_string())
                }
                ast::ImportDeclarationSpecifier::ImportDefaultSpecifier(specifier) => {
                    (&specifier.local, "default".to_owned())
                }
                ast::ImportDeclarationSpecifier::ImportNamespaceSpecifier(specifier) => {
                    (&specifier.local, "*".to_owned())
                }
            };
            let import = Import { name, module: import.source.value.to_string() };
            module.imports.insert(local.name.to_string(), import);
        }
    }

    fn declaration(&self, declaration: &ast::Declaration<'_>, exported: bool, module: &mut Module) {
        match declaration {
            ast::Declaration::VariableDeclaration(variables) => {
                for variable in &variables.declarations {
                    let Some(value) = &variable.init else { continue };
                    let mut value = self.expression(value);
                    module.expressions.push(value.clone());
                    if !variables.kind.is_const() {
                        value = Expression::new(value.span, Kind::Other("a variable that may change"));
                    }
                    if let ast::BindingPattern::BindingIdentifier(name) = &variable.id {
                        module.constants.insert(name.name.to_string(), Constant { value, exported });
                    }
                }
            }
            ast::Declaration::FunctionDeclaration(function) => {
                if let Some(name) = &function.id {
                    let value = self.function(function);
                    module.constants.insert(name.name.to_string(), Constant { value, exported });
                }
            }
            ast::Declaration::TSEnumDeclaration(declaration) => {
                let value = self.enumeration(declaration);
                module.constants.insert(declaration.id.name.to_string(), Constant { value, exported });
            }
            ast::Declaration::ClassDeclaration(_)
            | ast::Declaration::TSTypeAliasDeclaration(_)
            | ast::Declaration::TSInterfaceDeclaration(_)
            | ast::Declaration::TSExternalModuleDeclaration(_)
            | ast::Declaration::TSNamespaceDeclaration(_)
            | ast::Declaration::TSGlobalDeclaration(_)
            | ast::Declaration::TSImportEqualsDeclaration(_) => {}
        }
    }

    /// `enum Level { Low = 1, Mid }` as the object it is at run time.
    fn enumeration(&self, declaration: &ast::TSEnumDeclaration<'_>) -> Expression {
        let mut next = Some(0.0_f64);
        let entries = declaration.body.members.iter().map(|member| {
            let span = self.span(member.span);
            let value = match &member.initializer {
                Some(expression) => self.expression(expression),
                None => {
                    let kind =
                        next.map_or(Kind::Other("a computed enum member"), |n| Kind::Number(n.to_string()));
                    Expression::new(span, kind)
                }
            };
            next = match &*value.kind {
                Kind::Number(text) => text.parse::<f64>().ok().map(|number| number + 1.0),
                _ => None,
            };
            let key = Key::Plain(member.id.static_name().to_string(), span);
            Entry::Field { key, value, getter: false }
        });
        Expression::new(self.span(declaration.span), Kind::Object(entries.collect()))
    }

    fn expression(&self, expression: &ast::Expression<'_>) -> Expression {
        let kind = match expression {
            ast::Expression::ParenthesizedExpression(inner) => return self.expression(&inner.expression),
            ast::Expression::TSAsExpression(inner) => return self.expression(&inner.expression),
            ast::Expression::TSSatisfiesExpression(inner) => return self.expression(&inner.expression),
            ast::Expression::TSTypeAssertion(inner) => return self.expression(&inner.expression),
            ast::Expression::TSNonNullExpression(inner) => return self.expression(&inner.expression),
            ast::Expression::TSInstantiationExpression(inner) => return self.expression(&inner.expression),
            ast::Expression::AwaitExpression(inner) => return self.expression(&inner.argument),
            ast::Expression::BooleanLiteral(literal) => Kind::Boolean(literal.value),
            ast::Expression::NullLiteral(_) => Kind::Null,
            ast::Expression::NumericLiteral(literal) => {
                Kind::Number(decimal(literal.raw.as_deref(), literal.value))
            }
            ast::Expression::StringLiteral(literal) if literal.lone_surrogates => {
                Kind::Other("a string with lone surrogates")
            }
            ast::Expression::StringLiteral(literal) => Kind::String(literal.value.to_string()),
            ast::Expression::TemplateLiteral(template) => self.template(template),
            ast::Expression::RegExpLiteral(literal) => Kind::Regex {
                source: literal.regex.pattern.text.to_string(),
                flags: literal.regex.flags.to_string(),
            },
            ast::Expression::Identifier(name) => Kind::Identifier(name.name.to_string()),
            ast::Expression::ArrayExpression(array) => Kind::Array(self.items(array)),
            ast::Expression::ObjectExpression(object) => Kind::Object(self.entries(object)),
            ast::Expression::CallExpression(call) => self.call(call),
            ast::Expression::NewExpression(new) => {
                Kind::New { class: self.expression(&new.callee), arguments: self.arguments(&new.arguments) }
            }
            ast::Expression::StaticMemberExpression(member) => Kind::Member {
                object: self.expression(&member.object),
                property: member.property.name.to_string(),
                at: self.span(member.property.span),
            },
            ast::Expression::ComputedMemberExpression(member) => self.computed(member),
            ast::Expression::ArrowFunctionExpression(arrow) => Kind::Function {
                parameters: self.parameters(&arrow.params),
                body: match &arrow.body {
                    ast::ArrowFunctionBody::FunctionBody(body) => self.returned(body),
                    other => other.as_expression().map(|body| self.expression(body)),
                },
            },
            ast::Expression::FunctionExpression(function) => return self.function(function),
            ast::Expression::UnaryExpression(unary) => self.unary(unary),
            ast::Expression::BinaryExpression(binary) => self.binary(binary),
            other => Kind::Other(name(other)),
        };
        Expression::new(self.span(expression.span()), kind)
    }

    fn template(&self, template: &ast::TemplateLiteral<'_>) -> Kind {
        let texts: Option<Vec<String>> =
            template.quasis.iter().map(|text| text.value.cooked.as_ref().map(ToString::to_string)).collect();
        match texts {
            None => Kind::Other("a template with a broken escape"),
            Some(mut texts) if texts.len() == 1 => Kind::String(texts.remove(0)),
            Some(texts) => {
                let holes = template.expressions.iter().map(|hole| self.expression(hole)).collect();
                Kind::Template { texts, holes }
            }
        }
    }

    fn items(&self, array: &ast::ArrayExpression<'_>) -> Vec<Expression> {
        let item = |element: &ast::ArrayExpressionElement<'_>| match element {
            ast::ArrayExpressionElement::SpreadElement(spread) => {
                Expression::new(self.span(spread.span), Kind::Spread(self.expression(&spread.argument)))
            }
            ast::ArrayExpressionElement::Elision(hole) => {
                Expression::new(self.span(hole.span), Kind::Other("a hole in an array"))
            }
            other => self.expression(other.to_expression()),
        };
        array.elements.iter().map(item).collect()
    }

    fn arguments(&self, arguments: &[ast::Argument<'_>]) -> Vec<Expression> {
        let argument = |argument: &ast::Argument<'_>| match argument {
            ast::Argument::SpreadElement(spread) => {
                Expression::new(self.span(spread.span), Kind::Spread(self.expression(&spread.argument)))
            }
            other => self.expression(other.to_expression()),
        };
        arguments.iter().map(argument).collect()
    }

    fn entries(&self, object: &ast::ObjectExpression<'_>) -> Vec<Entry> {
        let entry = |property: &ast::ObjectPropertyKind<'_>| match property {
            ast::ObjectPropertyKind::SpreadProperty(spread) => {
                Entry::Spread(self.expression(&spread.argument))
            }
            ast::ObjectPropertyKind::ObjectProperty(property) => {
                let getter = property.kind == ast::PropertyKind::Get;
                let mut value = self.expression(&property.value);
                if let (true, Kind::Function { body: Some(body), .. }) = (getter, &*value.kind) {
                    value = body.clone();
                }
                Entry::Field { key: self.key(&property.key), value, getter }
            }
        };
        object.properties.iter().map(entry).collect()
    }

    fn key(&self, key: &ast::PropertyKey<'_>) -> Key {
        let span = self.span(key.span());
        match key {
            ast::PropertyKey::StaticIdentifier(name) => Key::Plain(name.name.to_string(), span),
            ast::PropertyKey::PrivateIdentifier(name) => Key::Plain(name.name.to_string(), span),
            other => match other.as_expression() {
                Some(ast::Expression::StringLiteral(text)) => Key::Plain(text.value.to_string(), span),
                Some(ast::Expression::NumericLiteral(number)) => Key::Plain(number.value.to_string(), span),
                Some(expression) => Key::Computed(self.expression(expression)),
                None => Key::Computed(Expression::new(span, Kind::Other("a key"))),
            },
        }
    }

    fn call(&self, call: &ast::CallExpression<'_>) -> Kind {
        let callee = self.expression(&call.callee);
        let at = match &*callee.kind {
            Kind::Member { at, .. } => *at,
            _ => callee.span,
        };
        Kind::Call { callee, arguments: self.arguments(&call.arguments), at }
    }

    fn computed(&self, member: &ast::ComputedMemberExpression<'_>) -> Kind {
        let object = self.expression(&member.object);
        let index = self.expression(&member.expression);
        match &*index.kind {
            Kind::String(property) => Kind::Member { object, property: property.clone(), at: index.span },
            _ => Kind::Index { object, index },
        }
    }

    fn function(&self, function: &ast::Function<'_>) -> Expression {
        let body = function.body.as_ref().and_then(|body| self.returned(body));
        let kind = Kind::Function { parameters: self.parameters(&function.params), body };
        Expression::new(self.span(function.span), kind)
    }

    /// Plain parameters; `None` when one is taken apart.
    fn parameters(&self, parameters: &ast::FormalParameters<'_>) -> Option<Parameters> {
        let name = |pattern: &ast::BindingPattern<'_>| match pattern {
            ast::BindingPattern::BindingIdentifier(name) => Some(name.name.to_string()),
            _ => None,
        };
        let names = parameters.items.iter().map(|parameter| {
            let default = parameter.initializer.as_ref().map(|default| self.expression(default));
            Some((name(&parameter.pattern)?, default))
        });
        let rest = match &parameters.rest {
            Some(rest) => Some(name(&rest.rest.argument)?),
            None => None,
        };
        Some(Parameters { names: names.collect::<Option<Vec<_>>>()?, rest })
    }

    /// What a body returns that does nothing else.
    fn returned(&self, body: &ast::FunctionBody<'_>) -> Option<Expression> {
        match body.statements.as_slice() {
            [ast::Statement::ReturnStatement(statement)] => {
                statement.argument.as_ref().map(|argument| self.expression(argument))
            }
            _ => None,
        }
    }

    fn unary(&self, unary: &ast::UnaryExpression<'_>) -> Kind {
        let argument = self.expression(&unary.argument);
        match (unary.operator.as_str(), &*argument.kind) {
            ("-", Kind::Number(text)) if text == "0" => Kind::Number("0".to_owned()),
            ("-", Kind::Number(text)) => Kind::Number(format!("-{text}")),
            ("-", _) => Kind::Negate(argument),
            ("+", Kind::Number(text)) => Kind::Number(text.clone()),
            ("void", _) => Kind::Identifier("undefined".to_owned()),
            _ => Kind::Other("an operator"),
        }
    }

    fn binary(&self, binary: &ast::BinaryExpression<'_>) -> Kind {
        let operator = match binary.operator.as_str() {
            "+" => Operator::Add,
            "-" => Operator::Subtract,
            "*" => Operator::Multiply,
            "/" => Operator::Divide,
            "**" => Operator::Power,
            "<<" => Operator::ShiftLeft,
            _ => return Kind::Other("an operator"),
        };
        Kind::Binary { operator, left: self.expression(&binary.left), right: self.expression(&binary.right) }
    }
}

/// A number as decimal text: as it was written if it was, else worked out.
fn decimal(raw: Option<&str>, value: f64) -> String {
    let plain = raw.map(|raw| raw.replace('_', "")).filter(|raw| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (whole, rest) = raw.split_once('.').map_or((raw.as_str(), None), |(a, b)| (a, Some(b)));
        digits(whole) && rest.is_none_or(digits) && (whole == "0" || !whole.starts_with('0'))
    });
    plain.unwrap_or_else(|| value.to_string())
}

/// What an expression that we don't take is called.
fn name(expression: &ast::Expression<'_>) -> &'static str {
    match expression {
        ast::Expression::ConditionalExpression(_) => "a condition",
        ast::Expression::LogicalExpression(_) => "a logical operator",
        ast::Expression::AssignmentExpression(_) | ast::Expression::UpdateExpression(_) => "an assignment",
        ast::Expression::BigIntLiteral(_) => "a bigint",
        ast::Expression::ChainExpression(_) => "an optional chain",
        ast::Expression::ClassExpression(_) => "a class",
        ast::Expression::ImportExpression(_) => "a dynamic import",
        ast::Expression::SequenceExpression(_) => "a sequence",
        ast::Expression::TaggedTemplateExpression(_) => "a tagged template",
        ast::Expression::ThisExpression(_) => "`this`",
        ast::Expression::YieldExpression(_) => "`yield`",
        _ => "an expression",
    }
}
