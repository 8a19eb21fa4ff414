package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the orchestrator at one position: before or after one of its calls to the outside, counted
 * from the start. Once it has blown, no call gets through any more, as after {@code kill -9}.
 */
final class Fuse {

  private static final Set<String> CHANGES = Set.of("commit", "commitSoon");

  private final int position;
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private volatile boolean blown;

  /**
   * @param position blows at this many positions passed; never for 0
   */
  Fuse(int position) {
    this.position = position;
  }

  void through(Runnable call) {
    pass();
    call.run();
    pass();
  }

  private void pass() {
    if (blown || passed.incrementAndGet() == position) {
      blown = true;
      throw new Failure.Unavailable("the process has ended");
    }
  }

  boolean blown() {
    return blown;
  }

  int passed() {
    return passed.get();
  }

  /** How many transactions were committed durably. */
  int commits() {
    return commits.get();
  }

  /** A store whose every commit is a position, and which a dead process cannot read. */
  Store around(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (blown) {
                throw new Failure.Unavailable("the process has ended");
              }
              boolean changes = CHANGES.contains(method.getName());
              if (changes) {
                pass();
              }
              try {
                Object result = method.invoke(store, arguments);
                if (changes) {
                  commits.addAndGet(method.getName().equals("commit") ? 1 : 0);
                  pass();
                }
                return result;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
