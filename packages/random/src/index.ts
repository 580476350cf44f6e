// @radiograft/random: Philox 4x32-10, counter based: uniforms, normals, permutations, derived seeds.
export {}
