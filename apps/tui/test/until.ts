/** Resolves once something holds that nothing tells of by itself, such as what is on disk; fails after 20 seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${String(holds)} does not hold.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
