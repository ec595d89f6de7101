// The development servers listen on all interfaces; a test must be reachable from this machine only.
import net from 'node:net';

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function onLoopback(...args) {
  const [first] = args;
  if (typeof first === 'number') {
    const rest = args.slice(1).filter((arg) => typeof arg !== 'string');
    return listen.call(this, first, '127.0.0.1', ...rest);
  }
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...args.slice(1));
  }
  return listen.apply(this, args);
};
