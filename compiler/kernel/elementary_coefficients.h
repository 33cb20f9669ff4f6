#pragma once

/// Made by tools/coefficients/coefficients.py, which says how. Ascending powers.
// clang-format off
namespace mlw::kernel::coefficients {

/// The natural logarithm of 2, the first part with 32 bits.
inline constexpr double log_of_2[] = {0x1.62e42ff000000p-1, -0x1.718432a1b0e26p-35, -0x1.9ff0342542fc3p-90, -0x1.79b31ace93a4fp-145};
/// The natural logarithm of 2.
inline constexpr double log_of_2_rounded[] = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
/// 1 / log(2).
inline constexpr double log2_of_e[] = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
/// 1 / log(10).
inline constexpr double log10_of_e[] = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
/// log10(2), the first part with 32 bits.
inline constexpr double log10_of_2[] = {0x1.3441350a00000p-2, -0x1.0c0219dc1da99p-39, -0x1.3f4836e87d953p-93};
/// log(10).
inline constexpr double log_of_10[] = {0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53};
/// pi / 2.
inline constexpr double half_pi[] = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110};
/// pi / 4.
inline constexpr double quarter_pi[] = {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55};
/// 2 / sqrt(pi).
inline constexpr double two_over_root_pi[] = {0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56};
/// Bits of 2 / pi, 24 in each word, the first word worth 2^-24.
inline constexpr double two_over_pi_words[] = {10680707, 7228996, 1387004, 2578385, 16069853, 12639074, 9804092, 4427841, 16666979, 11263675, 12935607, 2387514, 4345298, 14681673, 3074569, 13734428, 16653803, 1880361, 10960616, 8533493, 3062596, 8710556, 7349940, 6258241, 3772886, 3769171, 3798172, 8675211, 12450088, 3874808, 9961438, 366607, 15675153, 9132554, 7151469, 3571407, 2607881, 12013382, 4155038, 6285869, 7677882, 13102053, 15825725, 473591, 9065106, 15363067, 6271263, 9264392, 5636912, 4652155, 7056368, 13614112};
/// (e^r - 1 - r) / r^2 for |r| <= log(2) / 2; absolute error below 2^-58.
inline constexpr double exp_quick[] = {0x1.0000000000000p-1, 0x1.5555555555557p-3, 0x1.5555555555556p-5, 0x1.11111111100dcp-7, 0x1.6c16c16c162d4p-10, 0x1.a01a01abe7fe1p-13, 0x1.a01a01a6d889cp-16, 0x1.71de0231960ebp-19, 0x1.27e4db646b17ep-22, 0x1.af4de97ca4194p-26, 0x1.1f730349868cep-29};
/// (e^r - 1 - r - r^2 / 2) / r^3 for |r| <= log(2) / 2; absolute error below 2^-65.
inline constexpr double exp_careful[] = {0x1.5555555555555p-3, 0x1.5555555555555p-5, 0x1.1111111111111p-7, 0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13, 0x1.a01a01a0197eep-16, 0x1.71de3a556c35bp-19, 0x1.27e4fb7b2e9e5p-22, 0x1.ae645682c1fe8p-26, 0x1.1eed75baf173fp-29, 0x1.612449731710fp-33, 0x1.943f82588c8d4p-37, 0x1.af1d8dbbe44abp-41};
inline constexpr double exp_careful_tails[] = {0x1.5555555555555p-57, 0x1.554414df90399p-59};
/// (2^r - 1) / r for |r| <= 1/2; absolute error below 2^-54.
inline constexpr double exp2_quick[] = {0x1.62e42fefa39efp-1, 0x1.ebfbdff82c58fp-3, 0x1.c6b08d704a0c6p-5, 0x1.3b2ab6fba4e79p-7, 0x1.5d87fe78a3f8cp-10, 0x1.430912f86b7d4p-13, 0x1.ffcbfc6dad6adp-17, 0x1.62c02242bb0bdp-20, 0x1.b524ebc089f66p-24, 0x1.e4cf10d1896bep-28, 0x1.e9ec3d7558475p-32, 0x1.c4a2aaa2b01d9p-36};
/// (log((1 + s) / (1 - s)) - 2 s) / s^3 in z = s^2 for 1/sqrt(2) <= (1 + s) / (1 - s) <= sqrt(2); absolute error below 2^-54.
inline constexpr double log_quick[] = {0x1.5555555555555p-1, 0x1.999999999999ap-2, 0x1.2492492492485p-2, 0x1.c71c71c71f2a4p-3, 0x1.745d17437a887p-3, 0x1.3b13b26293059p-3, 0x1.1110b873ac127p-3, 0x1.e202b03b39658p-4, 0x1.ab81e911b1079p-4, 0x1.beeab7953f2f0p-4};
/// the same with tails; absolute error below 2^-74.
inline constexpr double log_careful[] = {0x1.5555555555555p-1, 0x1.999999999999ap-2, 0x1.2492492492492p-2, 0x1.c71c71c71c71ep-3, 0x1.745d1745d1538p-3, 0x1.3b13b13b2c729p-3, 0x1.111111054402dp-3, 0x1.e1e1e9479d9c7p-4, 0x1.af26e094f2578p-4, 0x1.864eaf8c88703p-4, 0x1.5f7898ea485abp-4, 0x1.82a737da91789p-4};
inline constexpr double log_careful_tails[] = {0x1.55555554a44b5p-55, -0x1.999964cca1ef7p-56, 0x1.2344cd705cf5cp-56};
/// (sin(r) - r) / r^3 in z = r^2 for |r| <= pi / 4; absolute error below 2^-56.
inline constexpr double sin_quick[] = {-0x1.5555555555555p-3, 0x1.1111111111110p-7, -0x1.a01a01a01992fp-13, 0x1.71de3a545f836p-19, -0x1.ae645410e937bp-26, 0x1.61217d9252c03p-33, -0x1.ab16f5caa198ap-41};
/// (cos(r) - 1 + r^2 / 2) / r^4 in z = r^2 for |r| <= pi / 4; absolute error below 2^-58.
inline constexpr double cos_quick[] = {0x1.5555555555555p-5, -0x1.6c16c16c16c16p-10, 0x1.a01a01a019d06p-16, -0x1.27e4fb77125c5p-22, 0x1.1eed8deac3dfep-29, -0x1.9394b8bd50ae1p-37, 0x1.ab779550c8d9bp-45};
/// (atan(t) - t) / t^3 in z = t^2 for |t| <= tan(pi / 8); absolute error below 2^-55.
inline constexpr double atan_quick[] = {-0x1.5555555555555p-2, 0x1.999999999999ap-3, -0x1.2492492492492p-3, 0x1.c71c71c71c6eep-4, -0x1.745d1745d0468p-4, 0x1.3b13b13aca025p-4, -0x1.111111053db89p-4, 0x1.e1e1df41020f9p-5, -0x1.af283642f9901p-5, 0x1.861545097bb7ap-5, -0x1.640a54e9a0273p-5, 0x1.46980806342e2p-5, -0x1.28e9f4e542d8ep-5, 0x1.fcd1b7a0e8a09p-6, -0x1.65e4bd8ba5808p-6, 0x1.24f4b1a36e54cp-7};
/// (sinh(x) - x) / x^3 in z = x^2 for |x| <= 1; absolute error below 2^-56.
inline constexpr double sinh_quick[] = {0x1.5555555555555p-3, 0x1.1111111111111p-7, 0x1.a01a01a01a001p-13, 0x1.71de3a556f96cp-19, 0x1.ae6456792a77fp-26, 0x1.612467ccb2260p-33, 0x1.ae777c36fd5b6p-41, 0x1.99f0806c2628dp-49};
/// (erf(x) / x - 2 / sqrt(pi)) / x^2 in z = x^2 for |x| <= 1; absolute error below 2^-60.
inline constexpr double erf_near[] = {-0x1.812746b0379e7p-2, 0x1.ce2f21a042be1p-4, -0x1.b82ce31288b20p-6, 0x1.565bcd0e6947fp-8, -0x1.c02db3ffe0c21p-11, 0x1.f9a326e5405bcp-14, -0x1.f4d2596fb33a0p-17, 0x1.b9e687c3e0abbp-20, -0x1.5f70026e262cep-23, 0x1.fc686faf628abp-27, -0x1.4f16018750568p-30, 0x1.830ed95421e60p-34, -0x1.33d62c94107ddp-38};
inline constexpr double erf_near_tails[] = {0x1.ee66ff12e27cbp-57, 0x1.f96da5fc96792p-58};
/// e^(x^2) erfc(x) in u = (x - 2.5) / (x + 2.5) for 1 <= x <= 6; absolute error below 2^-56.
inline constexpr double erfc_far[] = {0x1.afbb3f3b7343bp-3, -0x1.7ca88dec217a6p-2, 0x1.01c11a735cd98p-2, -0x1.0011543716c91p-3, 0x1.470ba1f67e9fep-5, -0x1.05bb2fe5bf505p-8, -0x1.5a5716ce54fe7p-9, 0x1.cb3b61b964302p-11, 0x1.def2ca6c5fc90p-13, -0x1.0e46693a458cep-13, -0x1.1ebe5ba361b26p-15, 0x1.384ce45417a49p-16, 0x1.fb048fc1aa53ep-18, -0x1.3476a6ff05dbep-19, -0x1.e7a88ded87795p-20, 0x1.40d50012f56cbp-24, 0x1.a25f5d6b647aep-22, 0x1.7ea016d445700p-24, -0x1.fb8883a436781p-25, -0x1.4e5de20c40177p-25, 0x1.89b94b2591435p-32, 0x1.22c1a0c84f455p-27, 0x1.72fe4b1b35bbcp-29};

}  // namespace mlw::kernel::coefficients
