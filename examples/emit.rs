use routegen::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let t = std::time::Instant::now();
    let loaded = match frontend::load(args[1].as_str().into(), &frontend::Options::default()) {
        Ok(l) => l,
        Err(f) => {
            for d in f.diagnostics.iter() {
                eprintln!("{} {} {:?}", d.code.number, d.message, d.span.map(|s| f.sources.line_column(s)));
            }
            std::process::exit(2)
        }
    };
    eprintln!("load {:?}", t.elapsed());
    let base = args.get(3).cloned().or(loaded.api.server_path.clone()).unwrap_or("/api/v1".into());
    let config =
        config::Config::parse(&format!("[[api]]\nspec = \"openapi.yaml\"\nbase = {base:?}\n")).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    for d in loaded.diagnostics.iter() {
        *counts.entry((d.code.number, format!("{:?}", d.effect))).or_insert(0) += 1;
    }
    eprintln!("{counts:?}");
    let ops = loaded.api.operations.len();
    let (plan, d) = plan::plan(
        &[(loaded.api, &config.apis[0])],
        &config,
        &Default::default(),
        &plan::ProjectFacts { name: "shop".into(), inside_workspace: false },
    );
    eprintln!(
        "plan {:?} ({ops} operations, {} items) diags {}",
        t.elapsed(),
        plan.apis[0].items.0.len(),
        d.iter().count()
    );
    let emitted = render::render(&plan);
    eprintln!("render {:?}", t.elapsed());
    let mut bytes = 0;
    for f in &emitted.files {
        let text = match &f.content {
            render::Content::Ours(t) | render::Content::Yours(t) => t.clone(),
            render::Content::Functions(f) => f.text(),
        };
        bytes += text.len();
        let path = std::path::Path::new(&args[2]).join(&f.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    eprintln!("written {:?} {} files {} bytes", t.elapsed(), emitted.files.len(), bytes);
}
