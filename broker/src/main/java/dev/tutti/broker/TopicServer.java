package dev.tutti.broker;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.management.MBeanServerFactory;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.BindingQueryResult;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServiceRegistry;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.server.impl.ServiceRegistryImpl;

/**
 * Artemis with topics as addresses, letter by letter. Its own translation to names with dots is
 * switched off, as it costs two string copies a message; the one place that relied on the dots, the
 * search for retained messages, is done here.
 */
final class TopicServer extends ActiveMQServerImpl {
  private static final ScopedValue<Executor> LENT = ScopedValue.newInstance();
  private static final String RETAINED = MQTTUtil.MQTT_RETAIN_ADDRESS_PREFIX;

  private final BrokerThreads threads;

  TopicServer(Configuration configuration, OneAccount account, BrokerThreads threads) {
    super(configuration, MBeanServerFactory.newMBeanServer(), account, null, services(threads));
    this.threads = threads;
  }

  BrokerThreads threads() {
    return threads;
  }

  /** Makes something of Artemis with other threads than it would give to it. */
  <T> T lend(Executor threads, Supplier<T> making) {
    return ScopedValue.where(LENT, threads).call(making::get);
  }

  @Override
  public Executor getThreadPool() {
    return LENT.isBound() ? LENT.get() : super.getThreadPool();
  }

  private static ServiceRegistry services(BrokerThreads threads) {
    ServiceRegistry services = new ServiceRegistryImpl();
    services.setExecutorService(threads);
    services.setIOExecutorService(BrokerThreads.idle("broker-io"));
    services.setPageExecutorService(BrokerThreads.idle("broker-page"));
    return services;
  }

  @Override
  public BindingQueryResult bindingQuery(SimpleString address, boolean newFullyQualified)
      throws Exception {
    String name = address.toString();
    if (!name.startsWith(RETAINED)) {
      return super.bindingQuery(address, newFullyQualified);
    }
    TopicFilter filter = TopicFilter.of(name.substring(RETAINED.length()));
    List<SimpleString> retained =
        getPostOffice().getAddresses().stream()
            .filter(candidate ->
                candidate.toString().startsWith(RETAINED)
                    && filter.matches(candidate.toString().substring(RETAINED.length())))
            .toList();
    retained.forEach(this::settle);
    return new BindingQueryResult(
        true, null, retained, false, false, false, -1, false, false, null, false, 0, 0L);
  }

  /** A message just retained waits for a thread to put it where the one who asks will look. */
  private void settle(SimpleString name) {
    Queue queue = locateQueue(name);
    if (queue != null) {
      queue.flushExecutor();
    }
  }
}
