//! One browser with one window, driven over W3C `WebDriver`.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{Capabilities, RequestData, SessionId, TimeoutConfiguration, WebDriver};

use crate::driver::Driver;
use crate::engine::{Engine, Setup};
use crate::{Failure, Outcome};

/// A browser. Dropping it closes it; [`Browser::close`] does so in order.
pub struct Browser {
    // Before the driver program: the session ends first.
    driver: WebDriver,
    engine: Engine,
    setup: Setup,
    program: Driver,
}

impl Browser {
    /// Starts a driver and, by it, a browser.
    ///
    /// # Errors
    /// When either does not start.
    pub async fn open(engine: Engine, setup: Setup) -> Outcome<Self> {
        let program = Driver::start(engine, setup)?;
        let capabilities = Capabilities::from(engine.capabilities(setup, program.folder())?);
        let driver = WebDriver::new(program.address(), capabilities)
            .await
            .map_err(|error| Failure::while_doing(&format!("opening {}", engine.name()), error))?;
        let patience = Some(Duration::from_secs(60));
        driver
            .update_timeouts(TimeoutConfiguration::new(
                patience,
                patience,
                Some(Duration::ZERO),
            ))
            .await?;
        Ok(Self {
            driver,
            engine,
            setup,
            program,
        })
    }

    /// The session.
    pub const fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Its engine.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// What its system says about light and dark.
    pub const fn setup(&self) -> Setup {
        self.setup
    }

    /// Makes the page area this large.
    ///
    /// # Errors
    /// When the engine does not do it.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        if self.engine == Engine::Chromium {
            // A window of Chromium cannot be as narrow as a phone; its own protocol makes the page area so.
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.chromium("Emulation.setDeviceMetricsOverride", metrics)
                .await?;
            return self.until_size(width, height).await;
        }
        // What the window has beside the page is known only when it has settled, and a new window settles slowly.
        let mut frame = (0, 0);
        for _ in 0..10 {
            self.driver
                .set_window_rect(0, 0, width + frame.0, height + frame.1)
                .await?;
            if self.until_size(width, height).await.is_ok() {
                return Ok(());
            }
            let inner = self.inner_size().await?;
            frame = (
                (width + frame.0).saturating_sub(inner.0),
                (height + frame.1).saturating_sub(inner.1),
            );
        }
        self.until_size(width, height).await
    }

    async fn until_size(&self, width: u32, height: u32) -> Outcome {
        for _ in 0..20 {
            if self.inner_size().await? == (width, height) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let size = self.inner_size().await?;
        Err(Failure(format!(
            "the page area should be {width} by {height}, and is {size:?}"
        )))
    }

    async fn inner_size(&self) -> Outcome<(u32, u32)> {
        Ok(self
            .driver
            .execute("return [innerWidth, innerHeight]", Vec::new())
            .await?
            .convert()?)
    }

    /// Says whether the screen is one to touch. Only Chromium has the command.
    ///
    /// # Errors
    /// When the engine does not do it.
    pub async fn make_touchable(&self, is_touched: bool) -> Outcome {
        self.chromium(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": is_touched, "maxTouchPoints": 1 }),
        )
        .await
    }

    /// Freezes the page, which hides it, or lets it go on, hidden still. Only Chromium has the command.
    ///
    /// # Errors
    /// When the engine does not do it.
    pub async fn freeze(&self, is_frozen: bool) -> Outcome {
        let state = if is_frozen { "frozen" } else { "active" };
        self.chromium("Page.setWebLifecycleState", json!({ "state": state }))
            .await
    }

    /// Has the input method compose a text in the field that has the focus, and not end it. Only Chromium has the command.
    ///
    /// # Errors
    /// When the engine does not do it.
    pub async fn compose(&self, text: &str) -> Outcome {
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.chromium("Input.imeSetComposition", composition).await
    }

    /// Lets the page's process crash, with all that runs in it; the tab stays, and answers nothing any more. Only Chromium has
    /// the command.
    ///
    /// # Errors
    /// When the page still answers.
    pub async fn crash(&self) -> Outcome {
        // Who should answer is gone.
        drop(self.chromium("Page.crash", json!({})).await);
        match self.driver.execute("return 1", Vec::new()).await {
            Ok(_) => Err(Failure(String::from("the page did not crash"))),
            Err(_) => Ok(()),
        }
    }

    /// Shows a page again that was hidden, as the reader does: another tab goes.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn bring_to_front(&self) -> Outcome {
        let own = self.driver.window().await?;
        let other = self.driver.new_tab().await?;
        self.driver.switch_to_window(other).await?;
        self.driver.close_window().await?;
        Ok(self.driver.switch_to_window(own).await?)
    }

    /// Does what input devices do: the `actions` of `WebDriver`, all in one command.
    ///
    /// # Errors
    /// When the driver cannot.
    pub async fn perform(&self, actions: Value) -> Outcome {
        self.driver.cmd(Actions(actions)).await?;
        Ok(())
    }

    /// Calls Chromium's own protocol.
    async fn chromium(&self, command: &'static str, parameters: Value) -> Outcome {
        self.driver
            .cmd(ChromiumCommand {
                command,
                parameters,
            })
            .await?;
        Ok(())
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// When it had gone before.
    pub async fn close(self) -> Outcome {
        let Self {
            driver, program, ..
        } = self;
        driver.quit().await?;
        drop(program);
        Ok(())
    }
}

/// Several devices' actions, as JSON.
#[derive(Debug)]
struct Actions(Value);

impl FormatRequestData for Actions {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("/session/{session}/actions"))
            .add_body(json!({ "actions": self.0 }))
    }
}

#[derive(Debug)]
struct ChromiumCommand {
    command: &'static str,
    parameters: Value,
}

impl FormatRequestData for ChromiumCommand {
    fn format_request(&self, session: &SessionId) -> RequestData {
        RequestData::new(Method::POST, format!("/session/{session}/goog/cdp/execute"))
            .add_body(json!({ "cmd": self.command, "params": self.parameters }))
    }
}
