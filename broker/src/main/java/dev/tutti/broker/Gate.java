package dev.tutti.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's messages on their way into the broker. Artemis queues what it has read without
 * bound; this stops reading from a client that sends faster than the broker works, and from all who
 * publish while the broker's memory is full, so that they wait in TCP.
 */
final class Gate extends MQTTProtocolHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** What a packet carries beside its payload: topic, properties and headers. */
  private static final int LARGEST_HEADER = 128 * 1024;

  /** What may have been read from a client and not been worked off: bytes, each message 1 KiB+. */
  private static final long HIGH_WATER = 512 * 1024;

  private static final long LOW_WATER = HIGH_WATER / 2;
  private static final int MESSAGE_COST = 1024;

  private final long longestSession;
  private final Backlog backlog;
  private final BrokerThreads threads;

  /** Whether what is read now is a message or its acknowledgement; written by one thread. */
  private final AtomicBoolean routing;

  private final AtomicLong unworked = new AtomicLong();
  private volatile @Nullable ChannelHandlerContext context;

  private Gate(
      TopicServer server,
      MQTTProtocolManager artemis,
      BrokerSettings settings,
      Backlog backlog,
      AtomicBoolean routing) {
    super(server, artemis);
    this.routing = routing;
    this.longestSession = seconds(settings.sessionExpiry());
    this.backlog = backlog;
    this.threads = server.threads();
  }

  /**
   * A gate that routes messages on the network's thread. All else, which may wait for other
   * threads, stays with Artemis's; the order is kept, as a message that finds work going on joins
   * it.
   */
  static Gate open(
      TopicServer server, MQTTProtocolManager artemis, BrokerSettings settings, Backlog backlog) {
    AtomicBoolean routing = new AtomicBoolean();
    Executor elsewhere = server.getThreadPool();
    Executor threads =
        task -> {
          if (routing.getPlain()) {
            task.run();
          } else {
            elsewhere.execute(task);
          }
        };
    return server.lend(threads, () -> new Gate(server, artemis, settings, backlog, routing));
  }

  static int largestPacket(BrokerSettings settings) {
    return settings.maximumPayload() + LARGEST_HEADER;
  }

  /** As Artemis multiplies by a thousand in an int, more than 24 days would be negative. */
  static int seconds(Duration duration) {
    return (int) Math.min(duration.toSeconds(), Integer.MAX_VALUE / 1000);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object packet) {
    MqttMessage message = (MqttMessage) packet;
    if (message.decoderResult().isFailure()) {
      LOG.warn(
          "The MQTT client at {} sent what cannot be accepted and is disconnected: {}",
          ctx.channel().remoteAddress(),
          message.decoderResult().cause().getMessage());
      super.channelRead(ctx, packet);
      return;
    }
    String refused = refusedTopic(message);
    if (refused != null) {
      LOG.warn(
          "The MQTT client at {} used the topic '{}' and is disconnected:"
              + " topics with '::' or a backslash before a slash are refused.",
          ctx.channel().remoteAddress(),
          refused);
      ReferenceCountUtil.release(message);
      var _ = ctx.close();
      return;
    }
    if (message instanceof MqttConnectMessage connect) {
      boundSession(connect);
    }
    context = ctx;
    boolean full = message instanceof MqttPublishMessage && backlog.full(this);
    if (unworked.addAndGet(cost(message)) > HIGH_WATER || full) {
      ctx.channel().config().setAutoRead(false);
    }
    boolean route = routes(message);
    routing.setPlain(route);
    if (route) {
      threads.route(() -> super.channelRead(ctx, packet));
    } else {
      super.channelRead(ctx, packet);
    }
  }

  private static boolean routes(MqttMessage message) {
    return switch (message.fixedHeader().messageType()) {
      case PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP -> true;
      default -> false;
    };
  }

  @Override
  public void act(MqttMessage message) {
    long cost = cost(message);
    try {
      super.act(message);
    } finally {
      long left = unworked.addAndGet(-cost);
      if (left <= LOW_WATER && left + cost > LOW_WATER) {
        resume();
      }
    }
  }

  /** Reads on, unless there is still another reason not to. */
  void resume() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && unworked.get() <= HIGH_WATER && !backlog.holds(this)) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    backlog.forget(this);
    super.channelInactive(ctx);
  }

  /** Nothing may stay in a broker without end, whatever a client of MQTT 5 asks for. */
  private void boundSession(MqttConnectMessage connect) {
    MqttProperties properties = connect.variableHeader().properties();
    int id = MqttPropertyType.SESSION_EXPIRY_INTERVAL.value();
    if (properties.getProperty(id) instanceof IntegerProperty asked
        && Integer.toUnsignedLong(asked.value()) > longestSession) {
      properties.add(new IntegerProperty(id, (int) longestSession));
    }
  }

  /**
   * Artemis reads two colons as "this queue of that address" and takes a separator after a
   * backslash for no separator: both would deliver to the wrong subscriber, silently.
   */
  private static @Nullable String refusedTopic(MqttMessage message) {
    return switch (message) {
      case MqttPublishMessage publish -> refused(publish.variableHeader().topicName());
      case MqttConnectMessage connect when connect.variableHeader().isWillFlag() ->
          refused(connect.payload().willTopic());
      case MqttSubscribeMessage subscribe ->
          subscribe.payload().topicSubscriptions().stream()
              .map(subscription -> subscription.topicFilter())
              .filter(Gate::misread)
              .findFirst()
              .orElse(null);
      default -> null;
    };
  }

  private static @Nullable String refused(String topic) {
    return misread(topic) ? topic : null;
  }

  private static boolean misread(String topic) {
    return topic.contains("::") || topic.contains("\\/");
  }

  /** Only what {@link #act} will see: Artemis answers pings on the spot. */
  private static long cost(MqttMessage message) {
    return switch (message.fixedHeader().messageType()) {
      case PINGREQ -> 0;
      default -> MESSAGE_COST + (long) message.fixedHeader().remainingLength();
    };
  }
}
