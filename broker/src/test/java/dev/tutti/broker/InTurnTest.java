package dev.tutti.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InTurnTest {

  private static final LocalAddress ADDRESS = new LocalAddress("in-turn");

  private final DefaultEventLoopGroup network = new DefaultEventLoopGroup(1);
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    var _ = network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void whatTheNetworksThreadDeliversDoesNotOvertakeWhatAnotherThreadDeliveredBefore()
      throws Exception {
    ChannelHandlerContext client = connected();
    network
        .submit(() -> {
          CompletableFuture.runAsync(() -> deliver(client, "first")).join();
          deliver(client, "second");
        })
        .sync();
    assertThat(List.of(next(), next())).containsExactly("first", "second");
  }

  private static void deliver(ChannelHandlerContext client, String packet) {
    var _ = client.writeAndFlush(packet, client.voidPromise());
  }

  private Object next() throws InterruptedException {
    Object packet = received.poll(5, TimeUnit.SECONDS);
    return packet == null ? "nothing" : packet;
  }

  /** The broker's end of a connection, whose other end writes down what it receives. */
  private ChannelHandlerContext connected() throws Exception {
    CompletableFuture<ChannelHandlerContext> broker = new CompletableFuture<>();
    new ServerBootstrap()
        .group(network)
        .channel(LocalServerChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel client) {
                InTurn.join(client.pipeline());
                client
                    .pipeline()
                    .addLast(
                        new ChannelInboundHandlerAdapter() {
                          @Override
                          public void channelActive(ChannelHandlerContext context) {
                            broker.complete(context);
                          }
                        });
              }
            })
        .bind(ADDRESS)
        .sync();
    new Bootstrap()
        .group(network)
        .channel(LocalChannel.class)
        .handler(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object packet) {
                received.add(packet);
              }
            })
        .connect(ADDRESS)
        .sync();
    return broker.get(5, TimeUnit.SECONDS);
  }
}
