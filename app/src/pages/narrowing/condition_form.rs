//! Forms that add and change conditions: plain ones, which the address's `add`, `test` and `value` stand for.

use leptos::prelude::*;
use strum::IntoEnumIterator;

use super::kept::{action, kept};
use crate::{
    components::icon::{CLOSE_LINES, Icon},
    format::{
        NUMBER_TESTS, dimension_words, metric, number_test, number_value, property_value_words, property_words,
        step_page_words, step_words, tested_words, text_test, typed_words,
    },
    models::query::{Dimension, Filter, Metric, SessionQuery, TextTest},
};

/// Adds a condition on anything.
#[component]
pub(super) fn AddForm(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let dimensions = Dimension::iter().map(|of| option(of.as_ref(), dimension_words(of), false)).collect_view();
    let metrics = Metric::iter().map(|of| option(of.as_ref(), metric(of), false)).collect_view();
    view! {
        <form method="get" action=action(&query) class="panel-form">
            {kept(&query, &[])}
            <label class="field">
                "What"
                <select name="add"><optgroup label="Text">{dimensions}</optgroup><optgroup label="Number">{metrics}</optgroup></select>
            </label>
            <label class="field">
                "How"
                <select name="test">
                    <optgroup label="Text">{text_options(TextTest::Is)}</optgroup>
                    <optgroup label="Number">{number_options("")}</optgroup>
                </select>
            </label>
            <label class="field">"Value"<input type="text" name="value" required maxlength="500" autocomplete="off" autocapitalize="none" spellcheck="false"/></label>
            <p class="hint">"A country by its name or its two letters, like Germany or DE. Times in seconds, scroll depth in percent. Between as 2-5."</p>
            <button class="button primary">"Add"</button>
        </form>
    }
    .into_any()
}

/// Changes a condition. One with several values loses them one by one, and takes further ones.
#[component]
pub(super) fn EditForm(
    /// What was asked for.
    query: SessionQuery,
    /// Which of its conditions is to be changed.
    filter: Filter,
) -> impl IntoView {
    match filter.clone() {
        Filter::Number { metric: of, test } => {
            let (add, tests) = (of.as_ref().to_owned(), number_options(number_test(test)));
            view! { <ChangeForm query filter name=metric(of) add tests value=number_value(test)/> }.into_any()
        }
        Filter::Text { dimension: of, test, values } => match only(&values) {
            Some(value) => {
                let (add, tests) = (of.as_ref().to_owned(), text_options(test));
                let value = typed_words(of, test, &value);
                view! { <ChangeForm query filter name=dimension_words(of) add tests value/> }.into_any()
            }
            None => typed_values(&query, &filter, of, test, &values),
        },
        Filter::Property { property, not, values } => {
            let title = property_words(&property);
            let with = move |not, values| Filter::Property { property: property.clone(), not, values };
            listed_values(&query, &filter, title, property_value_words, not, &values, &with)
        }
        Filter::Step { step, not, values } => {
            let title = step_words(&step);
            let with = move |not, values| Filter::Step { step: step.clone(), not, values };
            listed_values(&query, &filter, title, step_page_words, not, &values, &with)
        }
        Filter::Did { deed, not } => {
            let ways = [("happened", false), ("did not happen", true)];
            let way = |(words, other)| (words, Filter::Did { deed: deed.clone(), not: other }, other == not);
            choices(&query, &filter, ways.map(way).into())
        }
    }
}

/// The value that is the only one and can be typed.
fn only(values: &[String]) -> Option<String> {
    match values {
        [value] if !value.is_empty() => Some(value.clone()),
        _ => None,
    }
}

/// The same condition with another test or value.
#[component]
fn ChangeForm(
    query: SessionQuery,
    filter: Filter,
    name: &'static str,
    add: String,
    tests: AnyView,
    value: String,
) -> impl IntoView {
    view! {
        <form method="get" action=action(&query) class="panel-form">
            {kept(&query.without(&filter), &[])}
            <input type="hidden" name="add" value=add/>
            <label class="field">{name}<select name="test">{tests}</select></label>
            <label class="field">"Value"<input type="text" name="value" value=value required maxlength="500" autocomplete="off" autocapitalize="none" spellcheck="false"/></label>
            <button class="button primary">"Change"</button>
        </form>
    }
    .into_any()
}

/// Several values, or the one that stands for what is not known: nobody could type that one.
fn typed_values(query: &SessionQuery, filter: &Filter, of: Dimension, test: TextTest, values: &[String]) -> AnyView {
    let with = |test: TextTest, values: Vec<String>| Filter::Text { dimension: of, test, values };
    let tests = TextTest::iter().map(|other| (text_test(other), with(other, values.to_vec()), other == test));
    view! {
        <p class="panel-title">{dimension_words(of)}</p>
        {choices(query, filter, tests.collect())}
        {value_list(query, filter, values, &|value| tested_words(of, test, value), &|values| with(test, values))}
        <form method="get" action=action(query) class="panel-form">
            {kept(query, &[])}
            <input type="hidden" name="add" value=of.as_ref().to_owned()/>
            <input type="hidden" name="test" value=test.as_ref().to_owned()/>
            <label class="field">"Another value"<input type="text" name="value" required maxlength="500" autocomplete="off" autocapitalize="none" spellcheck="false"/></label>
            <button class="button">"Add"</button>
        </form>
    }
    .into_any()
}

/// Values that nobody types: they are chosen where they are counted, and can be lost here one by one.
fn listed_values(
    query: &SessionQuery,
    filter: &Filter,
    title: String,
    words: fn(&str) -> String,
    not: bool,
    values: &[String],
    with: &dyn Fn(bool, Vec<String>) -> Filter,
) -> AnyView {
    let tests = [(false, TextTest::Is), (true, TextTest::Not)];
    let tests = tests.map(|(other, test)| (text_test(test), with(other, values.to_vec()), other == not));
    view! {
        <p class="panel-title">{title}</p>
        {choices(query, filter, tests.into())}
        {value_list(query, filter, values, &words, &|values| with(not, values))}
    }
    .into_any()
}

/// Links to other conditions in the place of this one, and which of them it is.
fn choices(query: &SessionQuery, filter: &Filter, others: Vec<(&'static str, Filter, bool)>) -> AnyView {
    let link = |(words, other, is_it): (&'static str, Filter, bool)| {
        let href = query.without(filter).with(other).href();
        view! { <li><a href=href aria-current=is_it.then_some("true")>{words}</a></li> }
    };
    let links: Vec<_> = others.into_iter().map(link).collect();
    view! { <ul class="choices across" role="list">{links}</ul> }.into_any()
}

/// The values of a condition, each with a link to the same without it.
fn value_list(
    query: &SessionQuery,
    filter: &Filter,
    values: &[String],
    words: &dyn Fn(&str) -> String,
    with: &dyn Fn(Vec<String>) -> Filter,
) -> AnyView {
    let line = |gone: &String| {
        let others: Vec<String> = values.iter().filter(|&value| value != gone).cloned().collect();
        let rest = query.without(filter);
        let fewer = if others.is_empty() { rest } else { rest.with(with(others)) };
        let words = words(gone);
        let label = format!("Remove the value {words}");
        view! {
            <li><span class="value">{words}</span><a class="chip-remove" href=fewer.href() aria-label=label><Icon lines=CLOSE_LINES/></a></li>
        }
    };
    let lines: Vec<_> = values.iter().map(line).collect();
    view! { <ul class="values" role="list">{lines}</ul> }.into_any()
}

fn text_options(chosen: TextTest) -> AnyView {
    TextTest::iter().map(|test| option(test.as_ref(), text_test(test), test == chosen)).collect_view().into_any()
}

fn number_options(chosen: &str) -> AnyView {
    NUMBER_TESTS.into_iter().map(|(test, words)| option(test, words, test == chosen)).collect_view().into_any()
}

fn option(value: &str, words: &'static str, selected: bool) -> AnyView {
    view! { <option value=value.to_owned() selected=selected>{words}</option> }.into_any()
}
