/** Puts the outside in the place of a host of a world. */
import type { WorldSpec } from '../../simulator';
import { misused } from './failure';

/** `client` or `client/eth0`: the name of the host. */
export function hostOfJack(jack: string): string {
  const [name = '', port = 'eth0', ...more] = jack.split('/');
  if (name === '' || port !== 'eth0' || more.length > 0)
    throw misused(`--jack "${jack}": say host or host/eth0`);
  return name;
}

export function outsideAt(world: WorldSpec, name: string): WorldSpec {
  const known = world.hosts.map((host) => `${host.name}/eth0`).join(', ');
  if (!world.hosts.some((host) => host.name === name))
    throw misused(`there is no jack ${name}/eth0; there are: ${known}`);
  const hosts = world.hosts.map((host) =>
    host.name === name ? { kind: 'outside' as const, name, title: host.title } : host,
  );
  return { ...world, hosts };
}
