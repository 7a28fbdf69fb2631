//! What axe, the accessibility checker, finds on a page.

use serde::Deserialize;
use std::fmt;

/// The script that examines a page; its licence and origin are in `assets/assets.toml`.
pub(crate) const SCRIPT: &str = include_str!("../assets/axe.min.js");

/// Runs the script that [`SCRIPT`] brought into the page, and answers its violations as JSON or its fault as text.
pub(crate) const RUN: &str = "
    const answer = arguments[arguments.length - 1];
    window.axe.run(document, { resultTypes: ['violations'] }).then(
        results => answer({ violations: results.violations }),
        fault => answer({ fault: String(fault) }));";

/// A rule that a page breaks.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Violation {
    /// The rule: `color-contrast`.
    pub id: String,
    /// How bad it is: `minor`, `moderate`, `serious`, `critical`.
    pub impact: Option<String>,
    /// What the rule asks, in a sentence.
    pub help: String,
    /// The elements that break it.
    pub nodes: Vec<ViolationNode>,
}

/// An element that breaks a rule.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct ViolationNode {
    /// The start of its HTML.
    pub html: String,
    /// What would put it right.
    pub failure_summary: Option<String>,
}

/// What [`RUN`] answers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answer {
    Violations(Vec<Violation>),
    Fault(String),
}

impl fmt::Display for Violation {
    /// The rule, and a line or more for each element, as a failed test shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({}): {}", self.id, self.impact.as_deref().unwrap_or("unrated"), self.help)?;
        for node in &self.nodes {
            writeln!(f, "  {}", node.html)?;
            for line in node.failure_summary.iter().flat_map(|summary| summary.lines()) {
                writeln!(f, "    {}", line.trim())?;
            }
        }
        Ok(())
    }
}
