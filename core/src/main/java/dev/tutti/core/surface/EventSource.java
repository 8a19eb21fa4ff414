package dev.tutti.core.surface;

import java.time.Duration;
import java.util.List;

/** Gives the events of one subscriber. Used from one thread. */
public interface EventSource extends AutoCloseable {

  /**
   * Where the source stands, as an id to go on after; may be empty. It may move without an event,
   * when those that happened are not wanted.
   */
  default String position() {
    return "";
  }

  /** Waits for events, at most so long; an empty list when none came. */
  List<Event> next(Duration atMost) throws InterruptedException;

  @Override
  void close();

  /**
   * One server-sent event.
   *
   * @param id what a client sends back as {@code Last-Event-ID} to go on after it
   * @param data a record, sent as JSON
   */
  record Event(String id, String type, Object data) {}
}
