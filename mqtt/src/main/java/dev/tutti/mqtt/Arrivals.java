package dev.tutti.mqtt;

import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.reactivex.FlowableSubscriber;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/**
 * Takes all that arrives as it comes, on the network's thread: fetching one by one would wake that
 * thread for each. Unlike a callback, this can be stopped, and only then the client gives back its
 * thread. Once it is stopped, what comes is nobody's, an error too.
 */
final class Arrivals implements FlowableSubscriber<Mqtt3Publish> {

  private final Consumer<Mqtt3Publish> inbox;
  private final Consumer<Throwable> over;
  private final AtomicReference<@Nullable Subscription> flow = new AtomicReference<>();

  /**
   * Does nothing yet.
   *
   * @param inbox called with each message; it must not wait
   * @param over called when nothing more can come
   */
  Arrivals(Consumer<Mqtt3Publish> inbox, Consumer<Throwable> over) {
    this.inbox = inbox;
    this.over = over;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    flow.set(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Mqtt3Publish message) {
    try {
      inbox.accept(message);
    } catch (RuntimeException failed) {
      stop();
      over.accept(failed);
    }
  }

  @Override
  public void onError(Throwable why) {
    over.accept(why);
  }

  @Override
  public void onComplete() {
    over.accept(new Trouble("nothing more comes"));
  }

  void stop() {
    Subscription open = flow.getAndSet(null);
    if (open != null) {
      open.cancel();
    }
  }
}
