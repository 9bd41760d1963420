//! All that one journey needs: a site of its own, and a page in a browser.

use crate::browser::Browser;
use crate::environment::Environment;
use crate::foreign;
use crate::page::Page;
use crate::pages;
use crate::quiz::Quiz;
use crate::site::Site;
use crate::{Failure, Outcome};

/// A page without a widget, where what others keep is planted and compared.
const FOREIGN_PAGE: &str = "/test/foreign.html";

/// What a journey happens on.
pub struct Stage<'b> {
    /// The server, with an origin that nobody used before.
    pub site: Site,
    /// The window.
    pub page: Page<'b>,
    environment: &'b Environment,
}

impl<'b> Stage<'b> {
    /// A new site, and the window as a reader opens it: a phone's size.
    ///
    /// # Errors
    /// When the server or the window does not do it.
    pub async fn set(browser: &'b Browser, environment: &'b Environment) -> Outcome<Self> {
        let stage = Self {
            site: Site::start(&environment.dist)?,
            page: Page::new(browser, environment),
            environment,
        };
        stage.site.put("/test/post.css", "text/css", pages::STYLE);
        stage.site.put(
            FOREIGN_PAGE,
            "text/html; charset=utf-8",
            "<!doctype html><title>Foreign</title><link rel=icon href='data:,'>",
        );
        // Nothing of the journey before goes on. What others keep on this site is there before us.
        stage.at_foreign(foreign::PLANT).await?;
        stage.page.browser().resize(390, 844).await?;
        Ok(stage)
    }

    /// Another server, on another port and so of another origin.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn another_site(&self) -> Outcome<Site> {
        Site::start(&self.environment.dist)
    }

    /// Shows a test page under a name.
    ///
    /// # Errors
    /// When the browser does not get there.
    pub async fn show(&self, name: &str, html: &str) -> Outcome {
        self.show_under(name, html, None).await
    }

    /// Shows a test page under another policy. The reason must stand where this is called.
    ///
    /// # Errors
    /// When the browser does not get there.
    pub async fn show_under(&self, name: &str, html: &str, policy: Option<String>) -> Outcome {
        let path = format!("/test/{name}.html");
        self.site
            .put_with_policy(&path, "text/html; charset=utf-8", html, policy);
        self.page.go(&format!("{}{path}", self.site.origin())).await
    }

    /// A text file of the build, as it is served.
    ///
    /// # Errors
    /// When it is not there.
    pub fn built(&self, path: &str) -> Outcome<String> {
        let file = self.environment.dist.join(path);
        std::fs::read_to_string(file).map_err(|error| Failure::while_doing(path, error))
    }

    /// A file of the build, as it is served.
    ///
    /// # Errors
    /// When it is not there.
    pub fn built_bytes(&self, path: &str) -> Outcome<Vec<u8>> {
        let file = self.environment.dist.join(path);
        std::fs::read(file).map_err(|error| Failure::while_doing(path, error))
    }

    /// Puts a question set at an address.
    pub fn put_set(&self, name: &str, json: &str) {
        self.site
            .put(&format!("/test/{name}"), "application/json", json);
    }

    /// Shows a post with one widget, of id `quiz`, over a question set.
    ///
    /// # Errors
    /// When the browser does not get there.
    pub async fn show_quiz(&self, set: &str, attributes: &str) -> Outcome<Quiz<'_>> {
        self.put_set("set.json", set);
        self.show(
            "quiz",
            &pages::post(&pages::widget(
                "quiz",
                &format!("src=\"set.json\" {attributes}"),
            )),
        )
        .await?;
        Ok(self.page.quiz("#quiz"))
    }

    async fn at_foreign(&self, script: &str) -> Outcome<Vec<String>> {
        let driver = self.page.browser().driver();
        driver
            .goto(format!("{}{FOREIGN_PAGE}", self.site.origin()))
            .await?;
        self.page.read(script, Vec::new()).await
    }

    /// Ends the journey: no errors, no violations, no files that were asked for in vain, and what others keep on this site
    /// is byte for byte as it was.
    ///
    /// # Errors
    /// With all that happened.
    pub async fn end(&self) -> Outcome {
        self.page.end().await?;
        let missing = self.site.missing();
        if !missing.is_empty() {
            return Err(Failure(format!(
                "asked for, and not there: {}",
                missing.join(", ")
            )));
        }
        let changed = self.at_foreign(foreign::COMPARE).await?;
        if changed.is_empty() {
            return Ok(());
        }
        Err(Failure(format!(
            "changed, and not ours: {}",
            changed.join(", ")
        )))
    }
}
