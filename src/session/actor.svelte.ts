/** An XState actor whose snapshot is read as a Svelte signal. */
import { createSubscriber } from 'svelte/reactivity';
import {
  createActor,
  type Actor,
  type ActorOptions,
  type AnyStateMachine,
  type SnapshotFrom,
} from 'xstate';

export type ReactiveActor<M extends AnyStateMachine> = {
  readonly actor: Actor<M>;
  readonly send: Actor<M>['send'];
  readonly snapshot: SnapshotFrom<M>;
};

/** Starts the actor; reading `snapshot` inside an effect or a component subscribes to it. */
export function reactiveActor<M extends AnyStateMachine>(
  machine: M,
  options?: ActorOptions<M>,
): ReactiveActor<M> {
  const actor: Actor<M> = createActor<M>(machine, options as ActorOptions<M>).start();
  const subscribe = createSubscriber((update) => {
    const subscription = actor.subscribe(update);
    return () => subscription.unsubscribe();
  });
  return {
    actor,
    send: actor.send.bind(actor),
    get snapshot() {
      subscribe();
      return actor.getSnapshot();
    },
  };
}
