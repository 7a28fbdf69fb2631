//! What a chart draws: data that the page carries as JSON and `cadran.js` gives to uPlot. Every chart has its figures in a table
//! beside it, for who cannot see it and where no script runs.

use crate::Locale;
use askama::filters::HtmlSafe;
use serde::Serialize;
use std::fmt;

/// In what a chart counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChartUnit {
    /// Bytes of data.
    Bytes,
    /// Millionths of a euro.
    Euros,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drawing {
    /// A line with its area below, in the brand's colour.
    Area,
    /// A thin grey line: what is compared with.
    Comparison,
    /// Bars.
    Bars,
    /// A dashed level that warns.
    Warning,
    /// A dashed level that ends.
    Limit,
}

/// One series, a value for each label; none where nothing is known yet.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// How it is drawn.
    pub drawing: Drawing,
    /// Its values.
    pub values: Vec<Option<i64>>,
}

/// A chart over the days of a month.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// The language's tag, for the numbers of the axes.
    pub locale: &'static str,
    /// In what it counts.
    pub unit: ChartUnit,
    /// The days, as the axis and the pointer name them.
    pub labels: Vec<String>,
    /// What is drawn, first to last.
    pub series: Vec<Series>,
}

impl Chart {
    /// An empty chart in a language.
    pub fn new(locale: Locale, unit: ChartUnit, labels: Vec<String>) -> Self {
        Self { locale: locale.tag(), unit, labels, series: Vec::new() }
    }

    /// With one more series.
    pub fn with(mut self, name: impl Into<String>, drawing: Drawing, values: Vec<Option<i64>>) -> Self {
        self.series.push(Series { name: name.into(), drawing, values });
        self
    }

    /// Its JSON, for a `<script type="application/json">`.
    pub fn json(&self) -> Json {
        let text = serde_json::to_string(self).expect("names and numbers are JSON");
        Json(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }
}

/// JSON that cannot end the element it stands in.
pub struct Json(String);

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Json {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_script() {
        let chart = Chart::new(Locale::French, ChartUnit::Bytes, vec!["</script>".into()]);
        assert!(!chart.json().to_string().contains('<'));
    }
}
