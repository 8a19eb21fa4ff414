package dev.tutti.store;

import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.UnreadableDocument;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents that could not be read when somebody wanted them; each is told once. */
final class Damages {

  private static final Logger LOG = LoggerFactory.getLogger(Damages.class);

  /** A file in which more is damaged than this is known to be damaged. */
  private static final int MOST = 1_000;

  private final ConcurrentMap<Place, UnreadableDocument> met = new ConcurrentHashMap<>();

  private record Place(DocumentKind<?> kind, String id) {}

  void met(DocumentKind<?> kind, UnreadableDocument damaged) {
    Place place = new Place(kind, damaged.id());
    if (met.size() < MOST && met.putIfAbsent(place, damaged) == null) {
      LOG.error(
          "{}. What it belongs to stands still, and everything else goes on. Restore a backup.",
          damaged.getMessage());
    }
  }

  /** Those that still cannot be read: some may have been mended, or deleted. */
  List<UnreadableDocument> still(Reading reading) {
    met.keySet().removeIf(place -> isReadable(reading, place));
    return List.copyOf(met.values());
  }

  private static boolean isReadable(Reading reading, Place place) {
    try {
      reading.find(place.kind(), place.id());
      return true;
    } catch (UnreadableDocument still) {
      return false;
    }
  }
}
