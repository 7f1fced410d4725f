//! How the writer's answers get back to the requests that wait for them.
//!
//! Waking a request from the writer's thread costs a lock and often a system call each. So the answers
//! of a whole batch cross over to the runtime at once, and are given out where waking is cheap.

use super::delivery::{Refused, Stored};
use tokio::sync::{mpsc, oneshot};

/// One request's answer, and where it waits for it.
pub(super) struct Answer {
    pub(super) reply: oneshot::Sender<Result<Stored, Refused>>,
    pub(super) stored: Result<Stored, Refused>,
}

impl Answer {
    fn give(self) {
        // The visitor may have gone; their line is stored all the same.
        let _ = self.reply.send(self.stored);
    }
}

/// The writer's end.
pub(super) struct Answering(mpsc::UnboundedSender<Vec<Answer>>);

/// The runtime's end, which [`Answers::give`] serves until the writer has ended.
pub(super) struct Answers(mpsc::UnboundedReceiver<Vec<Answer>>);

/// Both ends. There are never more answers between them than requests that wait.
pub(super) fn answering() -> (Answering, Answers) {
    let (send, receive) = mpsc::unbounded_channel();
    (Answering(send), Answers(receive))
}

impl Answering {
    /// Answers every request of a batch.
    pub(super) fn answer(&self, batch: Vec<Answer>) {
        // Without a runtime to give them out they are given out here.
        if let Err(mpsc::error::SendError(batch)) = self.0.send(batch) {
            batch.into_iter().for_each(Answer::give);
        }
    }
}

impl Answers {
    pub(super) async fn give(mut self) {
        while let Some(batch) = self.0.recv().await {
            batch.into_iter().for_each(Answer::give);
        }
    }
}
