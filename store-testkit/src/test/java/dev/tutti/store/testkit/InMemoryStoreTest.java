package dev.tutti.store.testkit;

import dev.tutti.core.store.Store;

final class InMemoryStoreTest extends StoreContract {

  @Override
  protected Store open() {
    return new InMemoryStore();
  }
}
