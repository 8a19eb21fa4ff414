package dev.tutti.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** Artemis's own settings: memory only, MQTT only, nothing that watches, counts or dumps. */
final class ArtemisConfiguration {
  static final String ACCEPTOR = "mqtt";

  private static final SimpleString NOWHERE = SimpleString.of("$sys.nowhere");

  private ArtemisConfiguration() {}

  static Configuration of(BrokerSettings settings) {
    Path folder = settings.folder().resolve("broker").toAbsolutePath();
    String secret = UUID.randomUUID().toString();
    Configuration configuration = new ConfigurationImpl();
    configuration.setBrokerInstance(folder.toFile());
    return configuration
        .setName("tutti")
        .setPersistenceEnabled(false)
        .setBindingsDirectory(folder.resolve("bindings").toString())
        .setJournalDirectory(folder.resolve("journal").toString())
        .setPagingDirectory(folder.resolve("paging").toString())
        .setLargeMessagesDirectory(folder.resolve("large").toString())
        .setMaxDiskUsage(-1)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setCriticalAnalyzer(false)
        .setGracefulShutdownEnabled(false)
        .setResolveProtocols(false)
        .setSecurityEnabled(true)
        .setPopulateValidatedUser(false)
        // Its caches are keyed by address without bound, and one comparison needs no cache.
        .setAuthenticationCacheSize(0)
        .setAuthorizationCacheSize(0)
        .setClusterUser(secret)
        .setClusterPassword(secret)
        .setManagementAddress(SimpleString.of("$sys.management"))
        .setManagementNotificationAddress(SimpleString.of("$sys.notifications"))
        .setSuppressSessionNotifications(true)
        .setMqttSubscriptionPersistenceEnabled(false)
        .setWildCardConfiguration(MQTTUtil.MQTT_WILDCARD)
        .setScheduledThreadPoolMaxSize(2)
        .setGlobalMaxSize(settings.maximumMemory())
        .setAddressQueueScanPeriod(Math.max(1, settings.idleTopics().toMillis() / 3))
        .addAddressSetting("#", everyTopic(settings))
        .addAcceptorConfiguration(acceptor());
  }

  private static AddressSettings everyTopic(BrokerSettings settings) {
    return new AddressSettings()
        .setAutoCreateAddresses(true)
        .setAutoDeleteAddresses(true)
        .setAutoDeleteAddressesDelay(settings.idleTopics().toMillis())
        // A wildcard's subscriber counts as use, and would keep every topic for ever.
        .setAutoDeleteAddressesSkipUsageCheck(true)
        .setAutoCreateQueues(true)
        .setAutoDeleteQueues(true)
        .setAutoDeleteQueuesDelay(settings.idleTopics().toMillis())
        .setAutoDeleteQueuesSkipUsageCheck(true)
        // Nobody listens there. Without them Artemis warns of every subscription.
        .setDeadLetterAddress(NOWHERE)
        .setExpiryAddress(NOWHERE)
        // Delivered again until acknowledged: there is no place for what failed ten times.
        .setMaxDeliveryAttempts(-1)
        .setMaxSizeBytes(-1)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL);
  }

  /** Opens no socket: the front door hands it the connections it lets in. */
  private static TransportConfiguration acceptor() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME, true);
    parameters.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 1);
    parameters.put(
        TransportConstants.PROTOCOLS_PROP_NAME, MQTTProtocolManagerFactory.MQTT_PROTOCOL_NAME);
    parameters.put(TransportConstants.QUIET_PERIOD, 0);
    return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR);
  }
}
