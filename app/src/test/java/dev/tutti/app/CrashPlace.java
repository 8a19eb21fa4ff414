package dev.tutti.app;

import java.nio.file.Path;
import java.util.Map;

/** Where the models of a {@link CrashChain} run, and how a test reaches them past the server. */
interface CrashPlace {

  /** The folder of the chain; what is in it goes with that. */
  Path folder();

  /** Further settings of the server. */
  Map<String, String> settings();

  /** Makes {@link Models#TINY} what plays in the chain. */
  void prepare(ServerProcess server) throws Exception;

  /** What its models are told in {@code GO}. */
  String go(String simulation);

  /** Lets those models of a simulation end that are to end by themselves. */
  void letEnd(String simulation) throws Exception;

  /** What happens to the place when its models end, and while the server is down. */
  void disturb() throws Exception;

  /** Whether a model that ends at a bad moment may end with 255, as nobody saw how. */
  boolean losesExitCodes();

  /** Whether nothing of any workload is left. */
  boolean isEmpty(ServerProcess server) throws Exception;

  /** Ends what a test that failed has left. */
  void clear(ServerProcess server);
}
