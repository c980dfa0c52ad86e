package io.osspost.sts.cache;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks beside the callers, one at a time and each after a while. */
interface Alarm extends AutoCloseable {
  /** Runs {@code task} once {@code delay} is over; not at all when this is closed before. */
  void in(Duration delay, Runnable task);

  /**
   * Ends the thread; waits for that, so that a container that looks right afterwards finds none.
   */
  @Override
  void close();

  /** One daemon thread, which is there while there is something to wait for. */
  static Alarm thread(String name) {
    ScheduledThreadPoolExecutor thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    thread.setKeepAliveTime(1, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return new Alarm() {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // the tasks say themselves how they ended
      public void in(Duration delay, Runnable task) {
        if (!thread.isShutdown()) {
          thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
      }

      @Override
      public void close() {
        thread.shutdownNow();
        try {
          if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
            System.getLogger(Alarm.class.getName())
                .log(System.Logger.Level.DEBUG, "{0} ends once the server it asks answers", name);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
