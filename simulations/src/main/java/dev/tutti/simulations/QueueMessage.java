package dev.tutti.simulations;

import dev.tutti.core.Message;
import java.util.List;

/** What can be said to the queue. */
sealed interface QueueMessage extends Message {

  /** There shall be this simulation, when its turn comes. */
  record Enter(Simulation planned) implements QueueMessage {}

  /** There shall be all these simulations, when their turns come, or none of them. */
  record EnterAll(Sweep sweep, List<Simulation> planned) implements QueueMessage {
    public EnterAll {
      planned = List.copyOf(planned);
    }
  }

  /** None of its simulations is kept any more. */
  record ForgetSweep(String sweep) implements QueueMessage {}

  /** It has ended or does not want its turn any more. */
  record Leave(String simulation) implements QueueMessage {}

  /** It shall have its turn before those of lower priority. */
  record Prioritise(String simulation, int priority) implements QueueMessage {}
}
