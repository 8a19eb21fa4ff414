package dev.tutti.app;

import java.util.ArrayList;
import java.util.List;

/** What has been started, to be closed in reverse order whatever fails on the way. */
final class Closing implements AutoCloseable {

  private final List<AutoCloseable> started = new ArrayList<>();

  <T extends AutoCloseable> T last(T part) {
    started.add(part);
    return part;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (AutoCloseable part : started.reversed()) {
      try {
        part.close();
      } catch (Exception failure) {
        if (first == null) {
          first = new IllegalStateException("a part did not close: " + failure, failure);
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    started.clear();
    if (first != null) {
      throw first;
    }
  }

  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException another) {
      failure.addSuppressed(another);
    }
  }
}
