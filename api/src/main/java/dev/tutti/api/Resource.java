package dev.tutti.api;

/**
 * A collection that the API serves.
 *
 * @param path its path below the base
 * @param type what its items are read as
 */
public record Resource<T>(String path, Class<T> type) {
  public static final Resource<DeploymentView> DEPLOYMENTS =
      new Resource<>("deployments", DeploymentView.class);
  public static final Resource<ModelView> MODELS = new Resource<>("models", ModelView.class);
  public static final Resource<WorkloadView> WORKLOADS =
      new Resource<>("workloads", WorkloadView.class);
  public static final Resource<ImageView> IMAGES = new Resource<>("images", ImageView.class);
  public static final Resource<SimulationView> SIMULATIONS =
      new Resource<>("simulations", SimulationView.class);
  public static final Resource<SweepView> SWEEPS = new Resource<>("sweeps", SweepView.class);
  public static final Resource<EventView> EVENTS = new Resource<>("events", EventView.class);

  public static final Resource<StuckOwnerView> STUCK_OWNERS =
      new Resource<>("owners", StuckOwnerView.class);
  public static final Resource<OrphanView> ORPHANS = new Resource<>("orphans", OrphanView.class);

  public static final Resource<UserView> USERS = new Resource<>("users", UserView.class);
  public static final Resource<TokenView> TOKENS = new Resource<>("tokens", TokenView.class);

  /** The same collection read as another type, such as a tree of JSON that keeps every member. */
  public <U> Resource<U> as(Class<U> other) {
    return new Resource<>(path, other);
  }
}
