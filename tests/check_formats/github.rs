//! A log, read as the runner of GitHub Actions reads it.

/// Checks that each line is a command that is meant, or none at all.
pub fn check(name: &str, text: &str) {
    assert!(!text.contains("##["), "{name}: an old command in {text}");
    let mut commands = 0;
    // The runner ends lines at each of these.
    for line in text.split(['\r', '\n']) {
        let is_told = line == "|" || line.starts_with("| ") || line.starts_with("… and ");
        let Some(command) = line.trim_start().strip_prefix("::") else {
            assert!(line.is_empty() || is_told, "{name}: {line}");
            continue;
        };
        commands += 1;
        let (head, message) = command.split_once("::").unwrap();
        let (word, properties) = head.split_once(' ').unwrap_or((head, ""));
        match word {
            "error" | "warning" => assert!(!message.is_empty(), "{name}"),
            "group" | "endgroup" => continue,
            other => panic!("{name}: nobody meant `{other}`: {line}"),
        }
        let mut has_title = false;
        for property in properties.split(',') {
            let (key, value) = property.split_once('=').unwrap();
            assert!(!value.is_empty() && !value.contains(':'), "{name}: {line}");
            match key {
                "file" => assert!(!value.starts_with('/'), "{name}: {line}"),
                "title" => has_title = true,
                "line" | "endLine" | "col" | "endColumn" => {
                    assert!(value.parse::<u32>().unwrap() > 0, "{name}: {line}");
                }
                other => panic!("{name}: GitHub knows no `{other}`"),
            }
        }
        assert!(has_title, "{name}: {line}");
        for (at, _) in line.match_indices('%') {
            let code = &line[at + 1..at + 3];
            let known = ["25", "0A", "0D", "2C", "3A"];
            assert!(known.contains(&code), "{name}: {line}");
        }
    }
    assert!(commands > 0, "{name}: {text}");
}
