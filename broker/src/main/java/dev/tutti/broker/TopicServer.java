package dev.tutti.broker;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
  private static final int IDLE_SECONDS = 10;
  private static final String RETAINED = MQTTUtil.MQTT_RETAIN_ADDRESS_PREFIX;

  TopicServer(Configuration configuration, OneAccount account) {
    super(configuration, MBeanServerFactory.newMBeanServer(), account, null, services());
  }

  /**
   * Artemis hands these threads work even after it told them to stop, and lets the refusal escape.
   */
  private static ServiceRegistry services() {
    ServiceRegistry services = new ServiceRegistryImpl();
    services.setIOExecutorService(pool("broker-io"));
    services.setPageExecutorService(pool("broker-page"));
    return services;
  }

  private static ExecutorService pool(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name).factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
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
