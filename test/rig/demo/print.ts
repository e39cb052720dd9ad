const started = performance.now();

/** A step of the demo, with the time since its beginning. */
export function step(text: string): void {
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`\n== ${text}  (${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')})\n`);
}

/** A command and what it said. */
export function show(command: string, output: string): void {
  const lines = output.trimEnd().split('\n');
  console.log(`  > ${command}\n${lines.map((line) => `    ${line}`).join('\n')}\n`);
}

export function farewell(rig: string, files: readonly string[]): void {
  const option = rig === 'rig' ? '' : ` --name ${rig}`;
  step('Done. It stays up to play with');
  console.log(`  eval "$(test/rig/rig env${option})"     # kubectl now speaks to the rig
  kubectl explain vm.spec
  kubectl describe vm web-1                   # the story of a machine
  kubectl get vm,vfhost,vfnet,vfpool,vfimg -o wide
  test/rig/rig console default/web-1${option}
  test/rig/rig exec h1${option} -- virsh list       # what libvirt itself says
  test/rig/rig fault h1 cut${option}                # pull a host's network cable, look, and: heal
  test/rig/rig operator kill${option}               # machines do not notice; and: start
  kubectl delete vm web-3

  The manifests: ${files.join(' ')}
  make down ends all of it and leaves nothing.`);
}
