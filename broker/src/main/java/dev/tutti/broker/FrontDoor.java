package dev.tutti.broker;

import dev.tutti.core.Failure;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of the broker. It lets in who begins with an MQTT CONNECT, and only so many;
 * Artemis's own acceptor would also speak HTTP on this port, before it knows who is there, and
 * buffer two gigabytes of it.
 */
final class FrontDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  /** With more, a message would change threads between its sender's and its receiver's. */
  private static final int THREADS = 1;

  private static final int WAITING_CONNECTIONS = 512;

  /** Messages for one client that come at once leave in one packet, not each in its own. */
  private static final int WRITES_TOGETHER = 64;

  private static final byte CONNECT = 0x10;

  private final NettyAcceptor artemis;
  private final int maximumClients;
  private final AtomicInteger clients = new AtomicInteger();
  private final NioEventLoopGroup threads =
      new NioEventLoopGroup(THREADS, new DefaultThreadFactory("broker", true));
  private final List<InetSocketAddress> addresses = new ArrayList<>();

  FrontDoor(NettyAcceptor artemis, int maximumClients) {
    this.artemis = artemis;
    this.maximumClients = maximumClients;
  }

  /** Binds every host; the first decides which port a zero stands for. */
  void open(List<String> hosts, int wantedPort) {
    ServerBootstrap sockets =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, WAITING_CONNECTIONS)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    admit(client);
                  }
                });
    int port = wantedPort;
    for (String host : hosts) {
      ChannelFuture bound = sockets.bind(host, port).awaitUninterruptibly();
      if (!bound.isSuccess()) {
        throw refused(host, port, bound.cause());
      }
      InetSocketAddress address = (InetSocketAddress) bound.channel().localAddress();
      addresses.add(address);
      port = address.getPort();
    }
  }

  private static Failure refused(String host, int port, Throwable cause) {
    return new Failure.Unavailable(
        "The embedded broker cannot listen on %s:%d: %s. Stop what listens there or choose another port."
            .formatted(host, port, cause.getMessage()),
        cause);
  }

  List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  int clients() {
    return clients.get();
  }

  private void admit(Channel client) {
    int present = clients.incrementAndGet();
    var _ = client.closeFuture().addListener(_ -> clients.decrementAndGet());
    if (present > maximumClients) {
      LOG.warn(
          "The broker holds {} clients, its maximum, and closed the connection from {}.",
          maximumClients,
          client.remoteAddress());
      var _ = client.close();
      return;
    }
    client
        .pipeline()
        .addLast(new FlushConsolidationHandler(WRITES_TOGETHER, true), new MqttFirst());
    artemis.transfer(client);
  }

  @Override
  public void close() {
    var _ = threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** Looks at the first byte and steps aside. */
  private static final class MqttFirst extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      ByteBuf first = (ByteBuf) bytes;
      if (first.isReadable() && first.getByte(first.readerIndex()) != CONNECT) {
        LOG.warn("Closed a connection from {}: it is no MQTT.", ctx.channel().remoteAddress());
        ReferenceCountUtil.release(bytes);
        var _ = ctx.close();
        return;
      }
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(bytes);
    }
  }
}
