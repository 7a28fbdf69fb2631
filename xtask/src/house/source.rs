//! Rust text without what is not its code: enough of the lexer to blank comments, texts and test modules. Lengths and lines stay.

/// The text with comments blanked, and with the inside of texts and characters blanked, so that braces and words are code's own.
pub(super) fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = blank_end(&chars, at);
        if end == at {
            code.push(chars[at]);
            at += 1;
        } else {
            code.extend(chars[at..end].iter().map(|&c| if c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    code
}

/// The text with every item under `#[cfg(test)]` blanked.
pub(super) fn without_test_items(text: &str) -> String {
    let code: Vec<char> = code_only(text).chars().collect();
    let mut kept: Vec<char> = text.chars().collect();
    let marker: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at < code.len() {
        if code[at..].starts_with(&marker) {
            let end = item_end(&code, at + marker.len());
            for c in &mut kept[at..end] {
                if *c != '\n' {
                    *c = ' ';
                }
            }
            at = end;
        } else {
            at += 1;
        }
    }
    kept.into_iter().collect()
}

/// The words of a text in lower case with their lines, from 1: runs of letters, digits and underscores.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().flat_map(|(line, text)| {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        words.map(move |word| (line + 1, word.to_lowercase())).collect::<Vec<_>>()
    })
}

/// Where the comment, text or character that begins at `at` ends; `at` itself when none begins there.
fn blank_end(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let after_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match rest {
        ['/', '/', ..] => at + rest.iter().position(|&c| c == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => at + block_comment_length(rest),
        ['"', ..] => at + quoted_length(rest, '"'),
        ['r', '"' | '#', ..] if !after_word => at + raw_length(rest, 1),
        ['b' | 'c', 'r', '"' | '#', ..] if !after_word => at + raw_length(rest, 2),
        ['\'', '\\', ..] => at + quoted_length(rest, '\''),
        ['\'', _, '\'', ..] => at + 3,
        _ => at,
    }
}

fn block_comment_length(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] if depth == 1 => return at + 2,
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn quoted_length(rest: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of a raw text whose hashes or quote begin at `prefix`; 0 when it is a raw identifier.
fn raw_length(rest: &[char], prefix: usize) -> usize {
    let hashes = rest[prefix..].iter().take_while(|&&c| c == '#').count();
    let start = prefix + hashes;
    if rest.get(start) != Some(&'"') {
        return 0;
    }
    let closes = |at: usize| rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count() == hashes;
    (start + 1..rest.len()).find(|&at| closes(at)).map_or(rest.len(), |at| at + 1 + hashes)
}

/// Where the item after an attribute ends: at its closing brace, or at the semicolon of one without a body.
fn item_end(code: &[char], start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code.iter().enumerate().skip(start) {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_texts_are_blanked_and_lines_stay() {
        let text = "let a = \"x // { \\\" y\"; // f64\n/* a /* b */ c */ let b = r#\"raw \" } \"#; let c = '{'; let d: &'a str = '\\'';\n";
        let code = code_only(text);
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(code.chars().count(), text.chars().count());
        let found: Vec<_> = words(&code).map(|(line, word)| format!("{line}{word}")).collect();
        assert_eq!(found.join(" "), "1let 1a 2let 2b 2let 2c 2let 2d 2a 2str");
        assert!(!code.contains(['{', '}']), "{code}");
    }

    #[test]
    fn test_items_are_blanked_and_what_follows_stays() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { \"}\" }\n}\n#[cfg(test)]\nmod more;\nfn c() {}\n";
        let kept = without_test_items(text);
        assert!(kept.contains("fn a") && kept.contains("fn c"));
        assert!(!kept.contains("fn b") && !kept.contains("more"));
    }
}
