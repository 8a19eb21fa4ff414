package dev.tutti.broker;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.settings.HierarchicalRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the broker's memory bounded at the cost of the one who fills it. Publishers wait while
 * memory is full; the subscriber with the largest backlog loses its connection and what waited for
 * it; everybody else loses nothing.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  /** Artemis remembers the settings of each address it ever saw, in caches without bound. */
  private static final int CACHED_TOPICS = 10_000;

  private final long maximum;
  private final Set<Gate> held = ConcurrentHashMap.newKeySet();
  private final AtomicLong evicted = new AtomicLong();
  private volatile @Nullable ActiveMQServer server;

  Backlog(long maximumMemory) {
    this.maximum = maximumMemory;
  }

  void watch(ActiveMQServer started) {
    server = started;
  }

  long evicted() {
    return evicted.get();
  }

  long bytes() {
    ActiveMQServer watched = server;
    return watched == null ? 0 : watched.getPagingManager().getGlobalSize();
  }

  /** Whether a publisher has to wait; if so it is told when to read on. */
  boolean full(Gate publisher) {
    if (bytes() < highWater()) {
      return false;
    }
    held.add(publisher);
    return true;
  }

  boolean holds(Gate publisher) {
    return held.contains(publisher);
  }

  void forget(Gate publisher) {
    held.remove(publisher);
  }

  /** What has to be looked at a few times a second. */
  void tend() {
    ActiveMQServer watched = server;
    if (watched == null) {
      return;
    }
    if (bytes() >= highWater()) {
      largest(watched).ifPresent(queue -> evict(watched, queue));
    }
    if (bytes() < highWater()) {
      List<Gate> released = List.copyOf(held);
      released.forEach(held::remove);
      released.forEach(Gate::resume);
    }
    trim(watched.getAddressSettingsRepository());
    trim(watched.getSecurityRepository());
  }

  private long highWater() {
    return maximum / 4 * 3;
  }

  private static Optional<Queue> largest(ActiveMQServer server) {
    return server
        .getPostOffice()
        .getAllBindings()
        .filter(QueueBinding.class::isInstance)
        .map(binding -> ((QueueBinding) binding).getQueue())
        .filter(queue -> !queue.getName().toString().startsWith("$"))
        .max(Comparator.comparingLong(Queue::getPersistentSize));
  }

  private void evict(ActiveMQServer watched, Queue queue) {
    LOG.warn(
        "The subscription '{}' has {} messages waiting and the broker's memory is nearly full:"
            + " the client is disconnected and they are dropped.",
        queue.getName(),
        queue.getMessageCount());
    evicted.incrementAndGet();
    queue.getConsumers().stream()
        .filter(ServerConsumer.class::isInstance)
        .map(consumer -> ((ServerConsumer) consumer).getConnectionID())
        .forEach(id -> disconnect(watched, id));
    try {
      queue.deleteAllReferences();
    } catch (Exception gone) {
      LOG.debug("The subscription '{}' went with its client.", queue.getName(), gone);
    }
  }

  private static void disconnect(ActiveMQServer watched, Object connection) {
    watched.getRemotingService().getConnections().stream()
        .filter(candidate -> candidate.getID().equals(connection))
        .forEach(candidate -> candidate.fail(new ActiveMQException("too slow")));
  }

  private static void trim(HierarchicalRepository<?> repository) {
    if (repository.getCacheSize() > CACHED_TOPICS) {
      repository.clearCache();
    }
  }
}
