/*! <kashshaf-search>: a search box for any page. SPDX-License-Identifier: GPL-3.0-or-later
 * Kashshaf is free software under the GNU General Public License, version 3 or later.
 * Additional permission under section 7 of the GNU GPL version 3: loading this file from a web page, or
 * using the element it defines in one, does not by itself make that page, its site or their other scripts
 * a covered work. You may convey this file with such a page without conveying the page's own source.
 */
