package dev.tutti.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.store.Document;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store does that outlives its process. */
public abstract class DurableStoreContract extends StoreContract {

  @Test
  final void everythingIsThereAgainAfterReopening() {
    store.commit(
        Transaction.of(
            put("a", 0, note("p", "new", 1)),
            journal("one"),
            new Write.AddCommand(errand(4)),
            new Write.SetTimer(new Timer(OWNER, "t", NOW))));
    store.commit(Transaction.of(new Write.MarkSent(4)));
    store.close();
    store = open();
    assertThat(store.find(NOTE, "a").map(Document::version)).contains(1L);
    assertThat(store.journal(0, Optional.empty(), 5)).hasSize(1);
    assertThat(store.commands(List.of(ERRAND), 0, 5)).hasSize(1).allMatch(c -> c.sent());
    assertThat(store.timers()).containsExactly(new Timer(OWNER, "t", NOW));
    assertThat(store.commit(Transaction.of(journal("two")))).isEqualTo(2);
  }
}
