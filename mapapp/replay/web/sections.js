/* Sections of whole numbers, one after another in bytes: a count, the low bytes of all, the high bytes of all, then in
   full those that two bytes cannot hold. */
mapapp.sections = (bytes) => {
  const ESCAPE = 0xffff;
  let at = 0;

  function varint() {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * weight;
      if (byte < 128) return value;
      weight *= 128;
    }
  }

  function next() {
    const count = varint();
    const numbers = new Int32Array(count);
    const low = at;
    const high = at + count;
    at += 2 * count;
    for (let i = 0; i < count; i++) {
      const short = bytes[low + i] | (bytes[high + i] << 8);
      numbers[i] = short === ESCAPE ? varint() : short;
    }
    return numbers;
  }

  function signed() {
    const numbers = next();
    for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] >>> 1) ^ -(numbers[i] & 1);
    return numbers;
  }

  return { next, signed };
};
