//! Waiting for several answers at once.

use std::{future::poll_fn, task::Poll};

/// All outputs in the order of the futures; none waits for another.
pub async fn together<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    poll_fn(move |context| {
        let mut is_done = true;
        for (future, output) in &mut all {
            if output.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(value) => *output = Some(value),
                    Poll::Pending => is_done = false,
                }
            }
        }
        if is_done {
            Poll::Ready(all.iter_mut().filter_map(|(_, output)| output.take()).collect())
        } else {
            Poll::Pending
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::{
        pin::pin,
        task::{Context, Waker},
    };

    use super::*;

    #[test]
    fn the_slowest_decides_and_the_order_stays() {
        // Each is ready when it is asked for the so-manieth time.
        let slow = |times: u32| {
            let mut left = times;
            poll_fn(move |_| {
                if left == 0 {
                    return Poll::Ready(times);
                }
                left -= 1;
                Poll::Pending
            })
        };
        let mut all = pin!(together([2, 0, 1].map(slow)));
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(all.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(all.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(all.as_mut().poll(&mut context), Poll::Ready(vec![2, 0, 1]));
    }
}
