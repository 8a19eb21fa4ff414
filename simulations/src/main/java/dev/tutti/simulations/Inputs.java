package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Sha256;
import dev.tutti.core.store.Blobs;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The ESDL files and plans of simulations, kept as blobs: they are too large for a document. */
final class Inputs {

  private static final int PLANS_AT_HAND = 64;

  private record Models(List<PlannedModel> models) {}

  private final Blobs blobs;
  private final String version;
  private final JsonMapper json = JsonMapper.builder().build();
  // Guarded by itself; the least recently used goes first.
  private final Map<String, List<PlannedModel>> atHand =
      new LinkedHashMap<>(PLANS_AT_HAND, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<PlannedModel>> eldest) {
          return size() > PLANS_AT_HAND;
        }
      };

  Inputs(Blobs blobs, String version) {
    this.blobs = blobs;
    this.version = version;
  }

  /** Keeps both durably, and gives what a simulation made from them came from. */
  Provenance keep(byte[] esdl, List<PlannedModel> models) {
    String plan = blobs.put(json.writeValueAsBytes(new Models(models)));
    return new Provenance(
        version,
        blobs.put(esdl),
        plan,
        models.stream().map(PlannedModel::image).distinct().toList(),
        seed(esdl));
  }

  /** The first eight bytes of the hash of the ESDL, as models can find it too. */
  static long seed(byte[] esdl) {
    return ByteBuffer.wrap(Sha256.of(esdl)).getLong();
  }

  /** The models of a plan, in its order. */
  List<PlannedModel> models(String plan) {
    synchronized (atHand) {
      List<PlannedModel> known = atHand.get(plan);
      if (known != null) {
        return known;
      }
    }
    byte[] kept = blobs.get(plan).orElseThrow(() -> new Failure.NotFound("plan", plan));
    List<PlannedModel> models = List.copyOf(json.readValue(kept, Models.class).models());
    synchronized (atHand) {
      atHand.put(plan, models);
    }
    return models;
  }

  Optional<byte[]> esdl(String hash) {
    return blobs.get(hash);
  }

  /** Deletes what none of these names. */
  void keepOnly(Set<String> needed) {
    blobs.list().stream().filter(blob -> !needed.contains(blob)).forEach(blobs::delete);
  }

  void discard(String blob) {
    blobs.delete(blob);
  }
}
