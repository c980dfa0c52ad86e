package io.osspost.sts.cache;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks on its own thread, one at a time and each after a delay. */
interface RefreshTimer extends AutoCloseable {
  /** Runs {@code task} after {@code delay}, unless this is closed before. */
  void in(Duration delay, Runnable task);

  /** Ends the thread and waits for that, so that a container finds no leaked thread. */
  @Override
  void close();

  /** Creates one daemon thread, which exists while a task is pending. */
  static RefreshTimer thread(String name) {
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
    return new RefreshTimer() {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // The tasks report their own failures.
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
            System.getLogger(RefreshTimer.class.getName())
                .log(System.Logger.Level.DEBUG, "{0} ends when its current call returns", name);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
