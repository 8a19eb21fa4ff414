package dev.tutti.backplane.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import java.util.HashMap;
import java.util.Map;

/** How far a pull is, over all the layers that the engine has told of so far. */
final class PullProgress {

  private record Layer(long had, long total) {}

  private final Map<String, Layer> layers = new HashMap<>();

  /** Takes in what the engine tells; whether that was about a download. */
  boolean heard(PullResponseItem item) {
    String id = item.getId();
    String status = String.valueOf(item.getStatus());
    var detail = item.getProgressDetail();
    if (id == null) {
      return false;
    }
    if (status.equals("Downloading")
        && detail != null
        && detail.getCurrent() != null
        && detail.getTotal() != null
        && detail.getTotal() > 0) {
      layers.put(id, new Layer(detail.getCurrent(), detail.getTotal()));
      return true;
    }
    Layer layer = layers.get(id);
    // What comes at once is never told to be downloading.
    boolean whole = status.equals("Download complete") || status.equals("Pull complete");
    if (whole) {
      long total = layer == null ? 0 : layer.total();
      layers.put(id, new Layer(total, total));
    }
    return whole;
  }

  /** Bytes that are there. */
  long had() {
    return layers.values().stream().mapToLong(Layer::had).sum();
  }

  /** Bytes of all layers that are known of. */
  long total() {
    return layers.values().stream().mapToLong(Layer::total).sum();
  }

  /** Between 0 and 1. */
  double fraction() {
    return total() == 0 ? (layers.isEmpty() ? 0 : 1) : (double) had() / total();
  }
}
