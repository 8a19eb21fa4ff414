package dev.tutti.broker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Packets for a client leave in the order in which the broker handed them over. Netty writes at
 * once what the network's thread hands over, and lets it overtake what another thread handed over
 * before and which still waits for the network's thread. As the broker delivers from both, here all
 * waits.
 */
final class InTurn extends ChannelOutboundHandlerAdapter {

  private InTurn() {}

  /** Adds it: what handlers added later write passes it first. */
  static void join(ChannelPipeline pipeline) {
    pipeline.addLast(new Queue(pipeline.channel().eventLoop()), "in-turn", new InTurn());
  }

  // Netty passes over a handler that overrides nothing, and its executor with it.

  @Override
  public void write(ChannelHandlerContext context, Object packet, ChannelPromise written) {
    var _ = context.write(packet, written);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    context.flush();
  }

  /** The network's thread, for callers that do not know that they are on it. */
  private static final class Queue extends AbstractEventExecutor {
    private final EventLoop network;

    Queue(EventLoop network) {
      super(network.parent());
      this.network = network;
    }

    @Override
    public boolean inEventLoop(Thread thread) {
      return false;
    }

    @Override
    public void execute(Runnable task) {
      network.execute(task);
    }

    @Override
    public boolean isShuttingDown() {
      return network.isShuttingDown();
    }

    @Override
    public boolean isShutdown() {
      return network.isShutdown();
    }

    @Override
    public boolean isTerminated() {
      return network.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return network.awaitTermination(timeout, unit);
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
      return network.shutdownGracefully(quietPeriod, timeout, unit);
    }

    @Override
    public Future<?> terminationFuture() {
      return network.terminationFuture();
    }

    @Override
    @Deprecated
    public void shutdown() {
      network.shutdown();
    }
  }
}
