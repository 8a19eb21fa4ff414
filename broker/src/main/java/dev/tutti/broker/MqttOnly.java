package dev.tutti.broker;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTRoutingHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/**
 * Artemis's MQTT with our limits in every connection's pipeline. Artemis itself knows a largest
 * packet only for MQTT 5, and only after the packet is in memory.
 */
final class MqttOnly extends MQTTProtocolManagerFactory {
  private final BrokerSettings settings;
  private final Backlog backlog;

  MqttOnly(BrokerSettings settings, Backlog backlog) {
    this.settings = settings;
    this.backlog = backlog;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public ProtocolManager createProtocolManager(
      ActiveMQServer server,
      Map<String, Object> parameters,
      List<BaseInterceptor> incoming,
      List<BaseInterceptor> outgoing)
      throws Exception {
    MQTTProtocolManager artemis =
        (MQTTProtocolManager) super.createProtocolManager(server, parameters, incoming, outgoing);
    artemis.setDefaultMaximumInFlightPublishMessages(settings.maximumInFlight());
    artemis.setReceiveMaximum(settings.maximumInFlight());
    artemis.setDefaultMqttSessionExpiryInterval(Gate.seconds(settings.sessionExpiry()));
    artemis.setMaximumPacketSize(Gate.largestPacket(settings));
    // Aliases save bytes on a slow line; here they would only be more state to bound.
    artemis.setTopicAliasMaximum(0);
    return new Limited(server, artemis);
  }

  private final class Limited implements ProtocolManager<MQTTInterceptor, MQTTRoutingHandler> {
    private final ActiveMQServer server;
    private final MQTTProtocolManager artemis;

    Limited(ActiveMQServer server, MQTTProtocolManager artemis) {
      this.server = server;
      this.artemis = artemis;
    }

    @Override
    public void addChannelHandlers(ChannelPipeline pipeline) {
      artemis.addChannelHandlers(pipeline);
      pipeline.replace(
          MqttDecoder.class, "mqtt-decoder", new MqttDecoder(Gate.largestPacket(settings)));
      pipeline.remove(MQTTProtocolHandler.class);
      InTurn.join(pipeline);
      pipeline.addLast("mqtt-gate", Gate.open((TopicServer) server, artemis, settings, backlog));
    }

    @Override
    public ProtocolManagerFactory<MQTTInterceptor> getFactory() {
      return MqttOnly.this;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void updateInterceptors(List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
      artemis.updateInterceptors(incoming, outgoing);
    }

    @Override
    public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection connection) {
      return artemis.createConnectionEntry(acceptor, connection);
    }

    @Override
    public void handleBuffer(RemotingConnection connection, ActiveMQBuffer buffer) {
      artemis.handleBuffer(connection, buffer);
    }

    @Override
    public boolean isProtocol(byte[] start) {
      return artemis.isProtocol(start);
    }

    @Override
    public boolean acceptsNoHandshake() {
      return artemis.acceptsNoHandshake();
    }

    @Override
    public void handshake(NettyServerConnection connection, ActiveMQBuffer buffer) {
      artemis.handshake(connection, buffer);
    }

    @Override
    public List<String> websocketSubprotocolIdentifiers() {
      return List.of();
    }

    @Override
    public void setAnycastPrefix(String prefix) {
      artemis.setAnycastPrefix(prefix);
    }

    @Override
    public void setMulticastPrefix(String prefix) {
      artemis.setMulticastPrefix(prefix);
    }

    @Override
    public Map<SimpleString, RoutingType> getPrefixes() {
      return artemis.getPrefixes();
    }

    @Override
    public void setSecurityDomain(String domain) {
      artemis.setSecurityDomain(domain);
    }

    @Override
    public String getSecurityDomain() {
      return artemis.getSecurityDomain();
    }

    @Override
    public MQTTRoutingHandler getRoutingHandler() {
      return artemis.getRoutingHandler();
    }
  }
}
